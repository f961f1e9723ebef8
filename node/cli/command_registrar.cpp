#include "api/exit_codes.h"
#include "api/recorded_json.h"
#include "api/registrations.h"
#include "ledger/base/text.h"
#include "ledger/record/export.h"
#include "ledger/record/recorder.h"
#include "ledger/record/registrations.h"
#include "node/cli/command.h"
#include "node/files/files.h"

namespace quarrymark::cli {
namespace {

struct RegistrarOptions {
  std::string directory, log, member, name, role, country, device, host, key, reason, event, file;
  std::vector<std::string> sites;
  bool force = false;
};

void log_options(CLI::App& command, RegistrarOptions& options) {
  command.add_option("--dir", options.directory, "Directory of the registrar's node")->required();
  command.add_option("--log", options.log, "The registrar's log, when there are several");
  command
      .add_option("--member", options.member,
                  "The organisation's log: its vkey, its origin, or a name known here")
      ->required();
}

void admit_options(CLI::App& command, RegistrarOptions& options) {
  log_options(command, options);
  command.add_option("--name", options.name, "Name of the organisation")->required();
  command.add_option("--role", options.role, "Its role, as `init --role` takes them")->required();
  command.add_option("--country", options.country, "ISO 3166 code, as IN")->required();
  command
      .add_option("--site", options.sites,
                  "SITE=ROLE[:PARCEL,PARCEL][@FROM..TO]: a site it works, with its role there and "
                  "dates, either of which may be left out; may be repeated")
      ->allow_extra_args(false);
  command.add_option("--device", options.device,
                     "Key of its first device, as `device enrol` prints it");
  command.add_option("--hosted-by", options.host,
                     "Whose node keeps the log, when it is not theirs: an origin, or a name");
  command.add_option("--key", options.key,
                     "Idempotency key: the same again gives the first receipt");
}

void revoke_options(CLI::App& command, RegistrarOptions& options) {
  log_options(command, options);
  command.add_option("--reason", options.reason, "Why")->required();
  command.add_option("--event", options.event,
                     "Only this admission, by event id; all that stand when left out");
}

void show_options(CLI::App& command, RegistrarOptions& options) {
  log_options(command, options);
  command.add_option("-o,--output", options.file,
                     "File for the passport that proves it; - is standard output");
  command.add_flag("--force", options.force, "Replace the file");
}

tl::unexpected<Error> bad_site(const std::string& text, std::string_view what) {
  return fail(Errc::kInvalidArgument,
              cat(what, ", expected SITE=ROLE[:PARCEL,PARCEL][@FROM..TO], got ",
                  quoted_for_message(text, 120)),
              "--site");
}

json::Value day_or_null(std::string_view text) {
  return text.empty() ? json::Value(nullptr) : json::Value(text);
}

// "Hill=operator:P1,P2@2025-01-01..2026-12-31". Shapes of words and dates are the request's to
// check.
Result<json::Value> parse_site(const std::string& text) {
  std::string_view rest = text;
  std::string_view from, to;
  if (const auto at = rest.rfind('@'); at != rest.npos) {
    const std::string_view dates = rest.substr(at + 1);
    const auto dots = dates.find("..");
    if (dots == dates.npos) return bad_site(text, "no .. between two dates");
    from = dates.substr(0, dots);
    to = dates.substr(dots + 2);
    rest = rest.substr(0, at);
  }
  const auto equals = rest.rfind('=');
  if (equals == rest.npos || equals == 0) return bad_site(text, "no = between site and role");
  const std::string_view site = rest.substr(0, equals);
  std::string_view role = rest.substr(equals + 1);
  json::Array parcels;
  if (const auto colon = role.find(':'); colon != role.npos) {
    std::string_view listed = role.substr(colon + 1);
    role = role.substr(0, colon);
    for (;;) {
      const auto comma = listed.find(',');
      if (listed.substr(0, comma).empty()) return bad_site(text, "an empty parcel");
      parcels.emplace_back(listed.substr(0, comma));
      if (comma == listed.npos) break;
      listed.remove_prefix(comma + 1);
    }
  }
  return json::Object{{"site", site},
                      {"role", role},
                      {"parcels", std::move(parcels)},
                      {"from", day_or_null(from)},
                      {"to", day_or_null(to)}};
}

Result<record::NumberedRequest> admit_request(const RegistrarOptions& options,
                                              const custody::Origin& member) {
  json::Object fields{
      {"party", json::Object{{"name", options.name}}},
      {"member",
       json::Object{{"log", member}, {"role", options.role}, {"country", options.country}}}};
  json::Array sites;
  for (const std::string& text : options.sites) {
    QM_TRY(json::Value site, parse_site(text));
    sites.push_back(std::move(site));
  }
  if (!sites.empty()) fields.emplace_back("sites", std::move(sites));
  if (!options.device.empty()) fields.emplace_back("enrol", options.device);
  if (!options.host.empty()) {
    const bool origin = options.host.starts_with("quarrymark/");
    fields.emplace_back("host", json::Object{{origin ? "log" : "name", options.host}});
  }
  json::Object value{{"type", "admit"}, {"fields", std::move(fields)}};
  if (!options.key.empty()) value.emplace_back("key", options.key);
  QM_TRY(record::RecordRequest request, record::parse_request(value));
  return record::NumberedRequest{1, std::move(request)};
}

// What the request calls a field was an option here.
tl::unexpected<Error> of_options(Error error) {
  static constexpr std::pair<std::string_view, std::string_view> kOptions[] = {
      {"fields.party", "--name"},
      {"fields.member.role", "--role"},
      {"fields.member.country", "--country"},
      {"fields.sites", "--site"},
      {"fields.enrol", "--device"},
      {"fields.host", "--hosted-by"},
      {"fields.reason", "--reason"},
      {"key", "--key"}};
  std::string_view field = error.field;
  if (field.starts_with("line ")) field.remove_prefix(std::min(field.find(": ") + 2, field.size()));
  for (const auto& [name, option] : kOptions)
    if (field.starts_with(name)) {
      error.field = option;
      return tl::unexpected<Error>(std::move(error));
    }
  error.field = field;
  return tl::unexpected<Error>(std::move(error));
}

void print(const record::OpenLog& log, const record::Recorded& recorded, Output& output) {
  if (output.json()) {
    output.value(api::recorded_json(log.record.origin, recorded));
    return;
  }
  std::string text;
  for (const record::RecordedEvent& event : recorded.events)
    text += cat("entry ", event.receipt.index, "  ", custody::event_type_name(event.type),
                event.receipt.replayed ? "  (recorded before)\n" : "\n");
  output.data(text);
}

Result<int> admit(const RegistrarOptions& options, Output& output) {
  SystemClock clock;
  QM_TRY(const auto node, record::Node::open(options.directory, clock));
  QM_TRY(record::OpenLog * log, node->find_log(options.log));
  auto member = record::member_origin(*node, options.member);
  if (!member) return fail_at("--member", member.error());
  auto request = admit_request(options, *member);
  if (!request) return of_options(std::move(request.error()));
  auto recorded = record::record_requests(*node, *log, {&*request, 1});
  if (!recorded) return of_options(std::move(recorded.error()));
  print(*log, *recorded, output);
  output.message(
      "Admitted means that this log is theirs, not that anything is approved. Hand "
      "them the passport of it: registrar show -o.");
  return api::kExitSuccess;
}

// The standing admissions to be revoked, one request each.
Result<std::vector<record::NumberedRequest>> revoke_requests(
    const RegistrarOptions& options, const std::vector<record::Registration>& registrations) {
  std::vector<record::NumberedRequest> requests;
  for (const record::Registration& one : registrations) {
    const bool wanted = options.event.empty() || options.event == one.event.text();
    if (!wanted || one.end) continue;
    const json::Object value{
        {"type", "revoke"},
        {"fields", json::Object{{"about", json::Object{{"event", one.event.text()}}},
                                {"reason", json::Object{{"text", options.reason}}}}}};
    QM_TRY(record::RecordRequest request, record::parse_request(value));
    requests.push_back({requests.size() + 1, std::move(request)});
  }
  if (!requests.empty()) return requests;
  return fail(Errc::kNotFound,
              registrations.empty() ? "this log never admitted that organisation"
                                    : "no admission of that organisation stands here",
              "--member");
}

Result<int> revoke(const RegistrarOptions& options, Output& output) {
  SystemClock clock;
  QM_TRY(const auto node, record::Node::open(options.directory, clock));
  QM_TRY(record::OpenLog * log, node->find_log(options.log));
  auto member = record::member_origin(*node, options.member);
  if (!member) return fail_at("--member", member.error());
  QM_TRY(const auto registrations, record::registrations_of(*node, *log, *member));
  auto requests = revoke_requests(options, registrations);
  if (!requests) return of_options(std::move(requests.error()));
  auto recorded = record::record_requests(*node, *log, *requests);
  if (!recorded) return of_options(std::move(recorded.error()));
  print(*log, *recorded, output);
  return api::kExitSuccess;
}

std::vector<std::string> event_ids(const std::vector<record::Registration>& registrations) {
  std::vector<std::string> ids;
  for (const record::Registration& one : registrations) {
    ids.push_back(one.event.text());
    if (one.end) ids.push_back(one.end->event.text());
  }
  return ids;
}

Result<int> show(const RegistrarOptions& options, Output& output) {
  SystemClock clock;
  QM_TRY(const auto node, record::Node::open(options.directory, clock, {.read_only = true}));
  QM_TRY(record::OpenLog * log, node->find_log(options.log));
  auto member = record::member_origin(*node, options.member);
  if (!member) return fail_at("--member", member.error());
  QM_TRY(const auto registrations, record::registrations_of(*node, *log, *member));
  if (registrations.empty())
    return fail(Errc::kNotFound, cat("the log of ", log->record.name, " names no ", *member),
                "--member");
  if (!options.file.empty()) {
    QM_TRY(const record::Exported exported,
           record::export_events(*node, *log, event_ids(registrations)));
    if (options.file == "-") {
      output.data(exported.passport);
      output.message(api::registrations_text(registrations));
      return api::kExitSuccess;
    }
    QM_TRY_VOID(files::write(options.file, exported.passport,
                             options.force ? files::Existing::kReplace : files::Existing::kRefuse));
  }
  if (output.json()) {
    json::Value value = api::registrations_json(*member, registrations);
    if (!options.file.empty()) value.if_object()->emplace_back("file", options.file);
    output.value(value);
    return api::kExitSuccess;
  }
  output.data(api::registrations_text(registrations));
  if (!options.file.empty()) output.data(cat("Wrote ", options.file, "\n"));
  return api::kExitSuccess;
}

}  // namespace

void add_registrar(CLI::App& app, Selection& selection) {
  CLI::App& group = add_group(app, "registrar", "Whose log is whose, as a registrar says it");
  add_command<RegistrarOptions>(
      group, selection, "admit", "Say that a log is an organisation's, and which sites it works",
      "  quarrymark registrar admit --dir register --member \"$(cat quarry.vkey)\" --name \"Hill "
      "Quarry Ltd\" \\\n      --role \"quarry operator\" --country BE --site "
      "\"Hill=operator:P1,P2@2025-01-01..\"",
      &admit_options, &admit);
  add_command<RegistrarOptions>(
      group, selection, "revoke", "Say that an admission no longer holds",
      "  quarrymark registrar revoke --dir register --member \"Hill Quarry Ltd\" --reason \"gone "
      "out of business\"",
      &revoke_options, &revoke);
  add_command<RegistrarOptions>(
      group, selection, "show",
      "Every admission that names an organisation, what became of it, and the proof",
      "  quarrymark registrar show --dir register --member \"Hill Quarry Ltd\" -o admission.json",
      &show_options, &show);
}

}  // namespace quarrymark::cli
