/** What stands on the paper. */
export type SheetView = {
  readonly organizationName: string;
  readonly buildingName: string;
  readonly unitLabel: string;
  readonly residentName: string;
  readonly address: string;
  readonly addressText: string;
  readonly codeText: string;
  readonly untilText: string;
  readonly qr: { readonly size: number; readonly path: string };
};

export type SheetWords = {
  readonly sheetTitle: string;
  readonly sheetFor: string;
  readonly sheetUnit: string;
  readonly stepScan: string;
  readonly stepOpen: string;
  readonly stepCode: string;
  readonly stepName: string;
  readonly code: string;
  readonly until: string;
  readonly qr: string;
  readonly keep: string;
};

/** One page of A4 or Letter, black on white, that can be read across a table. */
export function InvitationSheet(props: { readonly sheet: SheetView; readonly words: SheetWords }) {
  const { sheet, words } = props;
  return (
    <article
      className="grid max-w-reading gap-8 rounded-slip border border-edge bg-raised p-6 tablet:p-10
        print:max-w-none print:rounded-none print:border-0 print:p-0"
    >
      <header className="grid gap-1 border-b-2 border-ink pb-4">
        <p className="font-strong">
          <bdi>{sheet.organizationName}</bdi>
        </p>
        <h2 className="text-figure font-strong tracking-tight">{words.sheetTitle}</h2>
        <p className="text-lead">
          {words.sheetFor}{" "}
          <b className="font-strong">
            <bdi>{sheet.residentName}</bdi>
          </b>
          , {words.sheetUnit}{" "}
          <b className="font-strong">
            <bdi>{sheet.unitLabel}</bdi>
          </b>
          , <bdi>{sheet.buildingName}</bdi>
        </p>
      </header>
      <div className="flex flex-wrap items-start justify-between gap-8">
        <Steps {...props} />
        <Qr qr={sheet.qr} label={words.qr} />
      </div>
      <section className="grid gap-1">
        <h3 className="text-lead">{words.code}</h3>
        <p
          className="font-mono text-title font-strong whitespace-nowrap tablet:text-figure
            print:text-figure"
        >
          <bdi dir="ltr">{sheet.codeText}</bdi>
        </p>
      </section>
      <footer className="grid gap-1 border-t border-line pt-4 text-body">
        <p>
          {words.until} <b className="font-strong">{sheet.untilText}</b>.
        </p>
        <p>{words.keep}</p>
      </footer>
    </article>
  );
}

function Steps({ sheet, words }: Parameters<typeof InvitationSheet>[0]) {
  const steps = [
    words.stepScan,
    <span key="open">
      {words.stepOpen}{" "}
      <a href={sheet.address} className="inline-block font-strong underline underline-offset-4">
        {sheet.addressText}
      </a>{" "}
      {words.stepCode}
    </span>,
    words.stepName,
  ];
  return (
    <ol className="grid min-w-56 flex-1 gap-4 text-lead">
      {steps.map((step, index) => (
        <li key={String(index)} className="flex gap-4">
          <span className="w-4 shrink-0 font-strong">{index + 1}</span>
          <span className="min-w-0">{step}</span>
        </li>
      ))}
    </ol>
  );
}

/** Dark on light in every scheme, for readers take it no other way. */
function Qr({ qr, label }: { readonly qr: SheetView["qr"]; readonly label: string }) {
  return (
    <svg
      viewBox={`0 0 ${qr.size} ${qr.size}`}
      role="img"
      aria-label={label}
      className="size-44 print:size-56"
    >
      <rect width={qr.size} height={qr.size} className="fill-pane-ink print:fill-raised" />
      <path d={qr.path} shapeRendering="crispEdges" className="fill-pane-dark print:fill-ink" />
    </svg>
  );
}
