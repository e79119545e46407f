import { type ConsoleFrame, ConsoleShell } from "@/components/ui/console-shell";
import { EmptyState } from "@/components/ui/empty-state";
import { Table } from "@/components/ui/table";

export type BuildingRowView = {
  readonly buildingId: string;
  readonly href: string;
  readonly name: string;
  readonly placeText: string;
  readonly unitsText: string;
  readonly soldTodayText: string;
  readonly outOfCreditText: string;
};

/** All buildings of an organization, each with the figures that decide which one to open. */
export function BuildingsPage(props: {
  readonly frame: ConsoleFrame;
  readonly buildings: readonly BuildingRowView[];
}) {
  const { frame, buildings } = props;
  const { t } = frame;
  return (
    <ConsoleShell frame={frame}>
      <h1 className="mb-6 text-title font-strong tracking-tight">{t("buildings.title")}</h1>
      {buildings.length === 0 ? (
        <EmptyState title={t("buildings.empty")} text={t("buildings.emptyText")} />
      ) : (
        <Table
          caption={t("buildings.title")}
          isCaptionHidden
          columns={[
            { key: "name", label: t("buildings.building") },
            { key: "units", label: t("buildings.units"), isNumber: true, isWideOnly: true },
            { key: "out", label: t("buildings.outOfCredit"), isNumber: true, isWideOnly: true },
            { key: "sold", label: t("buildings.soldToday"), isNumber: true },
          ]}
          rows={buildings.map((building) => ({
            key: building.buildingId,
            cells: {
              name: <BuildingName building={building} />,
              units: building.unitsText,
              out: building.outOfCreditText,
              sold: building.soldTodayText,
            },
          }))}
        />
      )}
    </ConsoleShell>
  );
}

function BuildingName({ building }: { readonly building: BuildingRowView }) {
  return (
    <a href={building.href} className="block hover:underline">
      <bdi className="text-lead">{building.name}</bdi>
      <span className="block text-small font-normal text-quiet">
        <bdi>{building.placeText}</bdi>
      </span>
    </a>
  );
}
