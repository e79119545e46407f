import type { DeskForm } from "@/components/desk/form-view";
import type { Translate } from "@/components/ui/translate";
import type { DeskView } from "@/lib/desk";
import { newId } from "@/lib/platform";
import { addDeskAction, moveCashAction, openShiftAction } from "./actions";

/** The forms of the desk page that are data alone. */
export function openShiftForm(org: string, desks: readonly DeskView[], t: Translate): DeskForm {
  const free = desks.filter(({ shift }) => shift === null);
  return {
    action: openShiftAction.bind(null, { org }),
    view: {
      id: "open-shift",
      hidden: [{ name: "id", value: newId() }],
      fields: [
        {
          kind: "one",
          name: "desk",
          label: t("desk.desk"),
          choices: free.map(({ id, name, currency }) => ({
            value: id,
            label: `${name} (${currency})`,
          })),
          isRequired: true,
        },
        {
          ...{ kind: "text", name: "float", label: t("desk.float"), hint: t("desk.floatHint") },
          ...{ inputMode: "decimal", maxLength: 20, isRequired: true },
        },
      ],
      submit: t("desk.open"),
      isPrimary: true,
    },
  };
}

/** Bringing cash to the drawer and taking it to the safe, each under its own line. */
export function moveForms(org: string, t: Translate): readonly DeskForm[] {
  const form = (kind: "paid-in" | "paid-out"): DeskForm => ({
    action: moveCashAction.bind(null, { org, kind }),
    view: {
      id: `move-cash-${kind}`,
      hidden: [{ name: "id", value: newId() }],
      fields: [
        {
          ...{ kind: "text", name: "amount", label: t("desk.amount"), inputMode: "decimal" },
          ...{ maxLength: 20, isRequired: true },
        },
        {
          ...{ kind: "text", name: "note", label: t("desk.reason"), maxLength: 200 },
          isRequired: true,
        },
      ],
      submit: t(kind === "paid-in" ? "desk.payInNow" : "desk.payOutNow"),
      summary: t(kind === "paid-in" ? "desk.payIn" : "desk.payOut"),
    },
  });
  return [form("paid-out"), form("paid-in")];
}

/** A new desk: its name, its currency, for which buildings, and up to what it pays back alone. */
export function addDeskForm(
  org: string,
  buildings: readonly { readonly id: string; readonly name: string; readonly currency: string }[],
  t: Translate,
): DeskForm {
  const currencies = [...new Set(buildings.map(({ currency }) => currency))];
  return {
    action: addDeskAction.bind(null, { org }),
    view: {
      id: "add-desk",
      fields: [
        {
          ...{ kind: "text", name: "name", label: t("desk.name"), hint: t("desk.nameHint") },
          ...{ maxLength: 60, isRequired: true },
        },
        {
          ...{ kind: "one", name: "currency", label: t("desk.currency") },
          choices: currencies.map((value) => ({ value, label: value })),
          isRequired: true,
        },
        {
          ...{ kind: "some", name: "buildings", label: t("desk.buildings") },
          hint: t("desk.buildingsHint"),
          choices: buildings.map(({ id, name }) => ({ value: id, label: name })),
        },
        {
          ...{ kind: "text", name: "limit", label: t("desk.limit"), hint: t("desk.limitHint") },
          ...{ inputMode: "decimal", maxLength: 20 },
        },
      ],
      submit: t("desk.add"),
      summary: t("desk.addTitle"),
    },
  };
}
