import { shownFields } from "@/app/_form/shown-readings";
import { formatInstant, type Place } from "@/app/_view/instants";
import type { IssueRowView } from "@/components/property/meter-issues";
import type { MeterPageView } from "@/components/property/meter-page";
import type { MeterTestView } from "@/components/property/meter-test-steps";
import type { ActionFormView } from "@/components/ui/action-form";
import type { Translate } from "@/components/ui/translate";
import { formatEnergy } from "@/lib/money";
import type { MeterView } from "@/lib/property";
import type { IssueView } from "@/lib/vending";

type Context = {
  readonly t: Translate;
  readonly place: Place;
  readonly now: Date;
  readonly org: string;
};

const MOST_TRIES = 3;

/** Whose the number is, why, and what that means. */
export function proofView(meter: MeterView, t: Translate): MeterPageView["proof"] {
  const { proof, isProvedElsewhere } = meter;
  const word = isProvedElsewhere ? "lost" : proof;
  return { kind: proof, title: t(`ownMeter.${word}Title`), text: t(`ownMeter.${word}Text`) };
}

export function factsOf(meter: MeterView, { t, place }: Context): MeterPageView["facts"] {
  const { key, claimedAt, unitLabel, buildingName } = meter;
  const unit = unitLabel ? `${unitLabel}, ${buildingName}` : t("meters.notInstalled");
  return [
    { label: t("ownMeter.unit"), valueText: unit },
    ...(key ? [{ label: t("ownMeter.key"), valueText: keyText(key, t) }] : []),
    ...(claimedAt
      ? [{ label: t("ownMeter.since"), valueText: formatInstant(claimedAt, place) }]
      : []),
    ...(meter.status === "active"
      ? []
      : [{ label: t("unit.state"), valueText: t(STATUS_KEYS[meter.status]) }]),
  ];
}

const STATUS_KEYS = { blocked: "meters.blocked", archived: "meterLife.archivedFact" } as const;

function keyText(key: NonNullable<MeterView["key"]>, t: Translate): string {
  const { supplyGroupCode: sgc, keyRevisionNumber, tariffIndex } = key;
  return t("ownMeter.keyText", { sgc, krn: String(keyRevisionNumber), ti: String(tariffIndex) });
}

/** Where the newest test stands: nothing asked, waits, may be made, waits for its answer. */
export function testView(
  issues: readonly IssueView[],
  context: Context & { readonly seesDigits: boolean; readonly practiceMeterHref: string | null },
): MeterTestView {
  const { t, place, now, org, seesDigits, practiceMeterHref } = context;
  const open = issues.find(({ test }) => test?.state === "asked" || test?.state === "issued");
  const isAlive = open && (open.test?.state === "issued" || isPending(open, now));
  const common = { approvalsHref: `/o/${org}/approvals`, practiceMeterHref };
  if (!open?.test || !isAlive) {
    const blank = { approvalId: "", testId: "", untilText: "", digits: null, triesText: "" };
    return { ...common, ...blank, step: "ask", notice: null };
  }
  const [digits = null] = open.digits;
  const step = open.test.state === "issued" ? "type" : open.state === "approved" ? "make" : "wait";
  const hidden = seesDigits ? t("ownMeter.isBeingMade") : t("ownMeter.hiddenDigits");
  return {
    ...common,
    step,
    approvalId: open.approvalId,
    testId: open.test.id,
    untilText: formatInstant(open.expiresAt, place),
    digits,
    notice: step === "type" && digits === null ? hidden : null,
    triesText: t("ownMeter.tries", { count: MOST_TRIES - open.test.tries }),
  };
}

const isPending = ({ state, expiresAt }: IssueView, now: Date) =>
  (state === "waiting" || state === "approved") && expiresAt > now;

/** Everything asked for the meter, the newest first. */
export function freeIssueRows(
  issues: readonly IssueView[],
  { t, place, now }: Context,
): readonly IssueRowView[] {
  return issues.map((issue) => {
    const { approvalId, energyWh, test, expiresAt } = issue;
    const isOpen = issue.state === "waiting" || issue.state === "approved";
    const state = isOpen && expiresAt <= now ? "expired" : issue.state;
    const known = STATES.find((each) => each === state);
    const energy = energyWh === null ? "" : formatEnergy(energyWh, place.locale);
    const isMade = test && test.state !== "asked";
    return {
      approvalId,
      title: test ? t("ownMeter.aTest") : t("ownMeter.free", { energy }),
      reason: issue.reason,
      atText: formatInstant(issue.requestedAt, place),
      stateText: isMade
        ? t("ownMeter.testState", { state: test.state })
        : known
          ? t(`approvalState.${known}`)
          : state,
      digits: test ? [] : issue.digits,
      mayMake: !test && state === "approved",
    };
  });
}

const STATES = ["waiting", "approved", "declined", "withdrawn", "used", "expired"] as const;

/** The question where a meter hangs that hangs nowhere yet. */
export function installView(
  buildings: readonly { readonly id: string; readonly name: string }[],
  isSold: boolean,
  t: Translate,
): ActionFormView {
  const choices = buildings.map(({ id, name }) => ({ value: id, label: name }));
  return {
    id: "install",
    submit: t("ownMeter.install"),
    fields: [
      { kind: "one", name: "building", label: t("ownMeter.installBuilding"), choices },
      { kind: "text", name: "unit", label: t("ownMeter.installUnit"), maxLength: 80 },
      ...shownFields({ isSold, labels: "now" }, t),
      {
        kind: "datetime-local",
        name: "at",
        label: t("meterLife.installAt"),
        hint: t("meterLife.installAtHint"),
      },
    ],
  };
}
