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
  const Event* revoke = nullptr;  // spends the admit's record; null while in force
};

class Membership {
 public:
  explicit Membership(const Graph& graph);

  LogTrust trust(const Origin& log) const;
  bool is_known(const Origin& log) const {
    const LogTrust level = trust(log);
    return level != LogTrust::kStranger && level != LogTrust::kUnknown;
  }

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
  // Whether `log` is admitted for a site (and parcel, if any) on a date.
  SiteAdmission admitted_for(const Origin& log, const std::string& site, const std::string& parcel,
                             UtcTime date) const;
  // Admitted or pinned with this role on that date.
  bool has_role(const Origin& log, std::string_view role, UtcTime date) const;
  // The raw device key (base64url) is enrolled under `log` and was not withdrawn by `date`.
  bool is_enrolled(const Origin& log, const std::string& device_key, UtcTime date) const;

 private:
  std::vector<Admission> admissions(const Origin& log) const;
  const PinnedLog* pinned(const Origin& log) const;

  const Graph& graph_;
  std::multimap<Origin, Admission> trusted_;
  std::multimap<Origin, Admission> strangers_;
  std::multimap<Origin, const Event*> by_log_;  // device events and events with a party
};

}  // namespace quarrymark::custody
