import { Button } from "@/components/ui/button";
import { type ConsoleFrame, ConsoleShell } from "@/components/ui/console-shell";
import { EmptyState } from "@/components/ui/empty-state";
import { Notice } from "@/components/ui/notice";
import { Table } from "@/components/ui/table";

type Link = { readonly href: string; readonly label: string };

export type ImportPageView = {
  readonly uploadAction: string;
  readonly refusedText: string | null;
  readonly samples: readonly { readonly name: string; readonly files: readonly Link[] }[];
  readonly columnNotes: readonly string[];
  readonly exports: readonly Link[];
  readonly imports: readonly {
    readonly id: string;
    readonly href: string;
    readonly fileName: string;
    readonly stateText: string;
    readonly unitsText: string;
    readonly whoText: string;
    readonly whenText: string;
  }[];
};

/** Where a sheet comes in, and where every sheet that came in is found again. */
export function ImportPage(props: { readonly frame: ConsoleFrame; readonly view: ImportPageView }) {
  const { frame, view } = props;
  const { t } = frame;
  return (
    <ConsoleShell frame={frame}>
      <h1 className="text-title font-strong tracking-tight">{t("import.title")}</h1>
      <p className="mt-1 max-w-reading text-quiet">{t("import.lead")}</p>
      <div className="mt-8 grid gap-x-16 gap-y-10 desk:grid-cols-2">
        <Upload frame={frame} view={view} />
        <Samples frame={frame} view={view} />
      </div>
      <section className="mt-12" aria-label={t("import.listTitle")}>
        {view.imports.length === 0 ? (
          <EmptyState title={t("import.listEmpty")} text={t("import.listEmptyText")} />
        ) : (
          <Table
            caption={t("import.listTitle")}
            columns={[
              { key: "file", label: t("import.listFile") },
              { key: "state", label: t("import.listState") },
              { key: "units", label: t("import.listMakes"), isNumber: true },
              { key: "who", label: t("import.listWho"), isWideOnly: true },
              { key: "when", label: t("import.listWhen"), isWideOnly: true },
            ]}
            rows={view.imports.map((one) => ({
              key: one.id,
              cells: {
                file: (
                  <a href={one.href} className="break-all underline underline-offset-4">
                    {one.fileName}
                  </a>
                ),
                state: one.stateText,
                units: one.unitsText,
                who: one.whoText,
                when: one.whenText,
              },
            }))}
          />
        )}
      </section>
    </ConsoleShell>
  );
}

type Part = { readonly frame: ConsoleFrame; readonly view: ImportPageView };

function Upload({ frame: { t }, view }: Part) {
  return (
    <form
      method="post"
      encType="multipart/form-data"
      action={view.uploadAction}
      className="grid content-start gap-4"
    >
      {view.refusedText ? <Notice kind="refused" title={view.refusedText} /> : null}
      <div>
        <label htmlFor="sheet" className="mb-1 block font-medium">
          {t("import.file")}
        </label>
        <input
          id="sheet"
          name="sheet"
          type="file"
          required
          accept=".csv,.txt,.tsv,.xlsx,.xlsm"
          aria-describedby="sheet-hint"
          className="w-full rounded-control border border-edge bg-raised p-2 text-body
            file:me-3 file:min-h-9 file:rounded-control file:border file:border-edge
            file:bg-paper file:px-3 file:font-medium file:text-ink"
        />
        <p id="sheet-hint" className="mt-1 text-small text-quiet">
          {t("import.fileHint")}
        </p>
      </div>
      <div>
        <Button kind="primary" size="console">
          {t("import.upload")}
        </Button>
      </div>
      <details>
        <summary className="min-h-9 cursor-pointer py-1.5 font-medium">
          {t("import.columnsTitle")}
        </summary>
        <ul className="grid list-disc gap-1.5 ps-5 pt-1 text-small text-quiet">
          {view.columnNotes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      </details>
    </form>
  );
}

function Samples({ frame: { t }, view }: Part) {
  return (
    <div className="grid content-start gap-8">
      <section>
        <h2 className="text-lead font-strong">{t("import.samplesTitle")}</h2>
        <p className="text-quiet">{t("import.samplesText")}</p>
        <ul className="mt-2">
          {view.samples.map(({ name, files }) => (
            <li
              key={name}
              className="flex min-h-11 flex-wrap items-center justify-between gap-x-6 border-b
                border-line"
            >
              {name}
              <Files files={files} />
            </li>
          ))}
        </ul>
      </section>
      <section>
        <h2 className="text-lead font-strong">{t("import.exportTitle")}</h2>
        <div className="flex flex-wrap justify-between gap-x-6 gap-y-1">
          <p className="text-quiet">{t("import.exportText")}</p>
          <Files files={view.exports} />
        </div>
      </section>
    </div>
  );
}

function Files({ files }: { readonly files: readonly Link[] }) {
  return (
    <span className="flex gap-5">
      {files.map(({ href, label }) => (
        <a
          key={href}
          href={href}
          aria-label={label}
          className="inline-flex min-h-9 items-center font-medium underline decoration-line
            underline-offset-4 hover:decoration-ink"
        >
          {label.split(", ").at(-1)}
        </a>
      ))}
    </span>
  );
}
