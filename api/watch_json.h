// What witnesses and monitors answer and know, as JSON.
#pragma once

#include "ledger/json/value.h"
#include "ledger/monitor/clear.h"
#include "ledger/monitor/monitor.h"
#include "ledger/witness/witness.h"

#include <string>
#include <vector>

namespace quarrymark::api {

// {"cosigned","status","size","signature","reason","evidence"}; `status` as in C2SP tlog-witness.
json::Value witness_answer_json(const witness::Answer& answer);

// {"vkey","logs":[{"origin","keys","size","root"}],"evidence":[…]}
json::Value witness_status_json(const note::VerifierKey& vkey,
                                const std::vector<witness::KnownLog>& logs,
                                const std::vector<std::string>& evidence);

// {"origin","outcome","before","size","odd","reason","evidence"}
json::Value followed_json(const std::string& origin, const monitor::Followed& followed);

// {"origin","vkey","indexed","followed","checkpoint","odd"}
json::Value followed_log_json(const monitor::FollowedLog& log, const std::vector<std::string>& odd);

// {"file","markers","seen","logs","not_followed","behind"}
json::Value clear_made_json(const std::string& file, const monitor::ClearMade& made);

}  // namespace quarrymark::api
