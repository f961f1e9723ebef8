// Who a log belongs to, as far as the reader can know: admissions in trusted registrars' logs
// and keys pinned by hand. Admitted means "this log is theirs", not "approved". DESIGN.md §7.
#pragma once

#include "ledger/custody/evidence.h"

#include <map>
#include <string>
#include <vector>

namespace quarrymark::custody {

enum class LogTrust {
  kAdmitted,   // by a registrar the reader trusts
  kPinned,     // by hand, in the trust file
  kRegistrar,  // is itself a trusted registrar
  kStranger,   // admitted only by registrars the reader does not know
  kUnknown,    // nobody says whose it is
};

struct Admission {
  const Event* admit = nullptr;
  const Event* revoke = nullptr;  // spends the record of the admit or of a correction of it
  // As the last correction states them.
  Member member;
  Shown<Party> party;
  Shown<std::vector<AdmittedSite>> sites;
  Shown<std::string> enrol;
};

class Membership {
 public:
  explicit Membership(const Graph& graph);

  LogTrust trust(const Origin& log) const;
  bool is_known(const Origin& log) const {
    const LogTrust level = trust(log);
    return level != LogTrust::kStranger && level != LogTrust::kUnknown;
  }

  // Nobody shown says whose log it is, but a trusted registrar's admission is shown without whom
  // it admits: that may be this log, so what the reader lacks was withheld.
  bool may_be_hidden(const Origin& log) const { return hides_a_member_ && !is_known(log); }

  // Known, and not revoked before this step was recorded as far as its date is known.
  bool is_known_signer(const Event& event) const;
  // When somebody other than its log knew of it: a witness, or the receiver as far as the reader
  // knows whose log that is (DESIGN.md §7).
  std::optional<UtcTime> outside_date(const Event& event) const;
  // The same; without either the log's own time.
  UtcTime known_date(const Event& event) const;
  // The admissions of a log by registrars the reader trusts, in the order of their entries.
  std::vector<Admission> admissions(const Origin& log) const;

  // The name the reader may rely on: the admission's or the pinned one; empty when it is
  // withheld or nobody vouches for it.
  std::string name(const Origin& log) const;
  // The name the log gives itself, where it is known to nobody else; empty otherwise.
  std::string own_words(const Origin& log) const;
  // Some event or admission of this log hides its name.
  bool name_withheld(const Origin& log) const;
  std::string role(const Origin& log) const;
  std::string country(const Origin& log) const;
  // For a sentence: the name, or "a factory in CN (name withheld)", or "an unknown log …".
  std::string display(const Origin& log) const;

  enum class SiteAdmission { kYes, kNo, kNotShown, kNoAdmission };
  // Whether the log of a step is admitted for a site (and parcel, if any) with this role there
  // (empty: any) at the step's claimed date and, when that is late, at its known date too.
  SiteAdmission admitted_for(const Event& step, const std::string& site, const std::string& parcel,
                             std::string_view role) const;
  // The log of an event is admitted or pinned with this role when the event was made.
  bool has_role(const Event& event, std::string_view role) const;
  // The raw device key (base64url) is enrolled under `log` and was not withdrawn by `date`.
  bool is_enrolled(const Origin& log, const std::string& device_key, UtcTime date) const;

 private:
  const PinnedLog* pinned(const Origin& log) const;
  bool in_force(const Admission& admission, const Event& event) const;

  const Graph& graph_;
  std::multimap<Origin, Admission> trusted_;
  std::multimap<Origin, Admission> strangers_;
  bool hides_a_member_ = false;
  std::multimap<Origin, const Event*> by_log_;  // device events and events with a party
};

}  // namespace quarrymark::custody
