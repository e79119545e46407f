"use client";

import { Table } from "@/components/ui/table";
import type { FacadeUnitView } from "./facade";
import type { Light } from "./light";
import { WindowDrawing } from "./window-drawing";

export type UnitRowWords = {
  readonly caption: string;
  readonly unit: string;
  readonly credit: string;
  readonly creditLeft: string;
  readonly lastPurchase: string;
  readonly lights: Readonly<Record<Light, string>>;
};

/** The units of a list's page; a client component, so that facts travel and not their rows. */
export function UnitRows(props: {
  readonly units: readonly FacadeUnitView[];
  readonly words: UnitRowWords;
}) {
  const { units, words } = props;
  return (
    <Table
      caption={words.caption}
      isCaptionHidden
      columns={[
        { key: "unit", label: words.unit },
        { key: "light", label: words.credit },
        { key: "credit", label: words.creditLeft, isNumber: true, isWideOnly: true },
        { key: "last", label: words.lastPurchase, isNumber: true },
      ]}
      rows={units.map((unit) => ({
        key: unit.unitId,
        cells: {
          unit: <UnitName unit={unit} />,
          light: <LightCell unit={unit} word={words.lights[unit.light]} />,
          credit: unit.creditText,
          last: unit.lastPurchaseText,
        },
      }))}
    />
  );
}

function UnitName({ unit }: { readonly unit: FacadeUnitView }) {
  return (
    <>
      <a
        href={unit.href}
        className="inline-block min-w-14 underline decoration-line underline-offset-4
          hover:decoration-ink"
      >
        <bdi>{unit.label}</bdi>
      </a>
      {unit.needsYou ? (
        <span className="mt-0.5 flex items-center gap-1.5 text-small font-normal text-brick">
          <svg viewBox="0 0 10 10" className="size-2.5 shrink-0" aria-hidden="true">
            <path d="M0 0h10v10Z" className="fill-current" />
          </svg>
          {unit.needsYou}
        </span>
      ) : null}
    </>
  );
}

function LightCell({ unit, word }: { readonly unit: FacadeUnitView; readonly word: string }) {
  return (
    <span className="flex items-start gap-2">
      <span className="mt-1 h-4 w-5 shrink-0">
        <WindowDrawing light={unit.light} needsYou={false} />
      </span>
      <span>
        {word}
        <span className="block text-small text-quiet tablet:hidden">{unit.creditText}</span>
      </span>
    </span>
  );
}
