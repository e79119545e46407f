import type { Approval, ScopedTx } from "@/lib/access";
import type { ApprovalKind, OrgScope } from "@/lib/access/shared";
import { activateAccount } from "@/lib/payments";
import { carryOutRoleChange } from "@/lib/people";
import { systemClock } from "@/lib/platform";
import { carryOutTariffApproval } from "@/lib/tariffs";

type CarryOut = (tx: ScopedTx<OrgScope>, approval: Approval) => Promise<void>;

/**
 * What is done at once when a request is approved, in the same transaction. Kinds that are not here
 * wait for who asked to go on: a token is made when somebody stands before the meter.
 */
export const CARRY_OUT: Readonly<Partial<Record<ApprovalKind, CarryOut>>> = {
  "payout-account": (tx, approval) => activateAccount(tx, { approval, now: systemClock.now() }),
  "role-change": carryOutRoleChange,
  "tariff-above-reference": (tx, approval) =>
    carryOutTariffApproval(tx, approval, systemClock.now()),
};
