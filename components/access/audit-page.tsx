import type { ReactNode } from "react";
import { type ConsoleFrame, ConsoleShell } from "@/components/ui/console-shell";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { AuditFilter, type AuditFilterView } from "./audit-filter";
import { AuditList, type AuditRowView } from "./audit-list";

export type AuditPageView = AuditFilterView & {
  readonly chainText: string;
  readonly zoneText: string;
  readonly entries: readonly AuditRowView[];
  readonly olderHref: string | null;
  readonly newestHref: string | null;
  /** Offered for one person, to who may: the way to erase from where they acted. */
  readonly erase: ReactNode;
};

/** Who did what, newest first, and how far it is sealed. */
export function AuditPage(props: { readonly frame: ConsoleFrame; readonly view: AuditPageView }) {
  const { frame, view } = props;
  const { t } = frame;
  const clear = { href: view.path, label: t("audit.clear") };
  return (
    <ConsoleShell frame={frame}>
      <h1 className="text-title font-strong tracking-tight">{t("audit.title")}</h1>
      <p className="mt-1 text-quiet">{t("audit.lead")}</p>
      <p className="mt-0.5 mb-6 text-small text-quiet">{view.chainText}</p>
      <AuditFilter view={view} t={t} />
      <div className="mt-6">
        {view.entries.length === 0 ? (
          <EmptyState
            title={view.isFiltered ? t("audit.noMatch") : t("audit.empty")}
            text={view.isFiltered ? t("audit.noMatchText") : t("audit.emptyText")}
            {...(view.isFiltered ? { action: clear } : {})}
          />
        ) : (
          <AuditList entries={view.entries} t={t} />
        )}
      </div>
      <div className="mt-4 flex flex-wrap items-center gap-x-4 gap-y-2">
        {view.newestHref ? (
          <LinkButton href={view.newestHref} size="console">
            {t("audit.newest")}
          </LinkButton>
        ) : null}
        {view.olderHref ? (
          <LinkButton href={view.olderHref} size="console">
            {t("audit.older")}
          </LinkButton>
        ) : null}
        <p className="text-small text-quiet">{view.zoneText}</p>
      </div>
      {view.erase}
    </ConsoleShell>
  );
}
