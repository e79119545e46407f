import type { SheetPageView } from "@/components/onboarding/sheet-page";
import type { FieldView } from "@/components/ui/action-form";
import type { Translate } from "@/components/ui/translate";
import type { SheetPage } from "@/lib/onboarding";
import { COLUMNS, columnLetters, DAY_ORDERS, SHEET_LIMITS } from "@/lib/onboarding/shared";
import { applyImportAction, correctRowAction, mapColumnsAction, undoImportAction } from "./actions";
import { faultText } from "./sheet-view";

type Forms = Pick<SheetPageView, "apply" | "undo" | "map" | "correct">;

/** What may be done with a sheet as it stands. */
export function sheetForms(page: SheetPage, org: string, t: Translate): Forms {
  const { batch, chosen } = page;
  const bound = { org, batchId: batch.id };
  const isOpen = batch.state === "uploaded" || batch.state === "checked";
  const isReady = batch.state === "checked" && batch.faultRows === 0;
  return {
    apply: isReady
      ? {
          action: applyImportAction.bind(null, bound),
          view: { id: "apply-import", fields: [], submit: t("import.apply"), isPrimary: true },
        }
      : null,
    undo:
      batch.state === "applied"
        ? {
            action: undoImportAction.bind(null, bound),
            view: { id: "undo-import", fields: [], submit: t("import.undo") },
          }
        : null,
    map: isOpen
      ? {
          action: mapColumnsAction.bind(null, bound),
          view: {
            id: "map-columns",
            fields: mappingFields(page, t),
            submit: t("import.mapSubmit"),
            ...(batch.state === "uploaded" ? {} : { summary: t("import.mapTitle") }),
          },
        }
      : null,
    correct:
      isOpen && chosen
        ? {
            title: t("import.correctRow", { row: String(chosen.number) }),
            action: correctRowAction.bind(null, { ...bound, row: String(chosen.number) }),
            view: {
              id: `correct-row-${chosen.number}`,
              fields: correctionFields(page, t),
              submit: t("import.correctSubmit"),
            },
          }
        : null,
  };
}

function mappingFields({ batch }: SheetPage, t: Translate): readonly FieldView[] {
  const choices = COLUMNS.map(({ name }) => ({ value: name, label: t(`importColumn.${name}`) }));
  const columns = batch.headings.map((heading, place): FieldView => {
    const told = heading || t("import.noHeading");
    return {
      kind: "one",
      name: `column-${place}`,
      label: t("import.mapColumn", { letter: columnLetters(place), heading: told }),
      value: batch.mapping[place] ?? "",
      none: t("import.mapNone"),
      choices,
    };
  });
  const order: FieldView = {
    kind: "one",
    name: "dayOrder",
    label: t("import.dayOrder"),
    value: batch.dayOrder ?? "",
    none: t("import.dayOrderNone"),
    choices: DAY_ORDERS.map((value) => ({ value, label: t(`import.${value}`) })),
  };
  return [...columns, order];
}

/** The cells at fault; all that are taken over where none is. */
function correctionFields({ batch, chosen }: SheetPage, t: Translate): readonly FieldView[] {
  if (!chosen) return [];
  const places = batch.mapping.flatMap((column, place) => (column ? [{ column, place }] : []));
  const faulty = places.filter(({ column }) => chosen.faults.some((one) => one.column === column));
  return (faulty.length > 0 ? faulty : places).map(({ column, place }): FieldView => {
    const fault = chosen.faults.find((one) => one.column === column);
    const cell = { letter: columnLetters(place), row: String(chosen.number) };
    return {
      kind: "text",
      name: `cell-${place}`,
      label: t("import.cellLabel", { ...cell, heading: t(`importColumn.${column}`) }),
      value: chosen.cells[place] ?? "",
      maxLength: SHEET_LIMITS.cell,
      ...(fault ? { hint: faultText(fault, t) } : {}),
    };
  });
}
