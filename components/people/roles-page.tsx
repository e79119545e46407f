import { Button } from "@/components/ui/button";
import { type ConsoleFrame, ConsoleShell } from "@/components/ui/console-shell";
import type { Translate } from "@/components/ui/translate";
import { ReachMark } from "./reach-mark";
import { RolesTable, type RolesTableView } from "./roles-table";

export type RolesPageView = RolesTableView & {
  readonly path: string;
  readonly leadText: string;
  readonly backHref: string | null;
  /** Whose list a phone shows. */
  readonly picked: string;
};

/** Roles by what they may do: a table on a desk, one role at a time on a phone. */
export function RolesPage(props: { readonly frame: ConsoleFrame; readonly view: RolesPageView }) {
  const { frame, view } = props;
  const { t } = frame;
  return (
    <ConsoleShell frame={frame}>
      {view.backHref ? (
        <a href={view.backHref} className="text-small text-quiet underline underline-offset-4">
          {t("roles.back")}
        </a>
      ) : null}
      <h1 className="mt-1 text-title font-strong tracking-tight">{t("roles.title")}</h1>
      <p className="mt-1 mb-6 text-quiet">{view.leadText}</p>
      <div className="hidden desk:block">
        <RolesTable view={view} t={t} />
      </div>
      <div className="desk:hidden">
        <OneRole view={view} t={t} />
      </div>
      <section aria-labelledby="limited-title" className="mt-8 max-w-reading">
        <h2 id="limited-title" className="text-lead font-strong">
          {t("roles.limitedTitle")}
        </h2>
        <ul className="mt-2 grid gap-2">
          <li className="flex gap-3">
            <ReachMark reach="building" t={t} isPlain />
            {t("roles.limitedKeeps")}
          </li>
          <li className="flex gap-3">
            <ReachMark reach="all" t={t} isPlain />
            {t("roles.limitedLoses")}
          </li>
        </ul>
        <p className="mt-3 text-quiet">{t("roles.support")}</p>
      </section>
    </ConsoleShell>
  );
}

function OneRole({ view, t }: { readonly view: RolesPageView; readonly t: Translate }) {
  const index = view.roles.findIndex(({ role }) => role === view.picked);
  return (
    <>
      <form action={view.path} method="get" className="mb-6 flex items-end gap-3">
        <div className="grow">
          <label htmlFor="role" className="mb-1 block text-small text-quiet">
            {t("roles.pick")}
          </label>
          <select
            id="role"
            name="role"
            defaultValue={view.picked}
            className="h-11 w-full rounded-control border border-edge bg-raised px-2.5 text-body"
          >
            {view.roles.map(({ role, label, isYours }) => (
              <option key={role} value={role}>
                {isYours ? `${label} (${t("roles.yours")})` : label}
              </option>
            ))}
          </select>
        </div>
        <Button>{t("roles.show")}</Button>
      </form>
      {view.groups.map((group) => (
        <section key={group.title} className="mb-6">
          <h2 className="border-b border-line pb-1 font-strong">{group.title}</h2>
          <ul>
            {group.rows.map((row) => (
              <li key={row.permission} className="flex gap-3 border-b border-line py-2">
                <ReachMark reach={row.reach[index] ?? null} t={t} />
                <span className={row.reach[index] ? "" : "text-quiet"}>{row.label}</span>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}
