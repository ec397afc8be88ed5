#include "registry/steps/border_check.h"
#include "registry/steps/border_link.h"
#include "registry/steps/families.h"

namespace registry {
namespace {

constexpr StepType kSteps[] = {
    {"border.notify", 1, parse_border_notify},     {"border.link", 1, parse_border_link},
    {"border.read", 1, parse_border_read},         {"border.reply", 1, parse_border_reply},
    {"border.withdraw", 1, parse_border_withdraw}, {"border.clear", 1, parse_border_clear},
    {"import.receive", 1, parse_import_receive},   {"export.depart", 1, parse_export_depart},
    {"export.confirm", 1, parse_export_confirm},
};

}  // namespace

std::span<const StepType> border_steps() { return kSteps; }

}  // namespace registry
