#include "registry/store/sqlite/writer.h"

#include "registry/base/fault.h"

namespace registry::sqlite {

Writer::Writer(const std::string& path, Access access, Durability durability) : session(path, access) {
  if (access == Access::create)
    set_format(session);
  else
    require_ours(session, path);
  set_up_writer(session, durability);
  migrate(session, path);
}

void Writer::require_free() const {
  if (stopped) throw StoreFault(StoreError::unknown_outcome, "writing stopped after a commit of unknown outcome");
  if (in_use) throw StoreFault(StoreError::busy, "a transaction is open");
}

}  // namespace registry::sqlite
