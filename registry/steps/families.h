#pragma once

#include <span>

#include "registry/steps/step.h"

// The step types by family, one file each; step_types() joins them.
namespace registry {

/// ledger.open policy.set agency.enrol chain.fork
std::span<const StepType> registry_steps();
/// party.register party.challenge party.answer party.verify party.suspend party.restore party.close party.name
/// party.recognise site.add site.close officer.appoint officer.withdraw key.enrol key.rotate key.revoke chain.open
/// vehicle.add
std::span<const StepType> who_steps();
/// permit.apply permit.refuse permit.issue permit.suspend permit.restore permit.revoke permit.close
std::span<const StepType> permit_steps();
/// stock.open production.record use.record storage.move
std::span<const StepType> making_steps();
/// use.dispense use.empties
std::span<const StepType> dispensing_steps();
/// package.split package.merge sample.take
std::span<const StepType> package_steps();
/// sale.record sale.confirm sale.cancel
std::span<const StepType> trade_steps();
/// transfer.dispatch transfer.carry transfer.handover transfer.count transfer.accept transfer.refuse transfer.cancel
std::span<const StepType> movement_steps();
/// border.notify border.link border.read border.reply border.withdraw border.clear import.receive export.depart
/// export.confirm
std::span<const StepType> border_steps();
/// stock.count loss.report destruction.record
std::span<const StepType> counting_steps();
/// loss.found loss.conclude finding.explain finding.close seizure.record inspection.record checkpoint.stop
/// personal.erase
std::span<const StepType> losing_steps();
/// report.file count.demand
std::span<const StepType> reporting_steps();
/// entry.correct
std::span<const StepType> oversight_steps();

}  // namespace registry
