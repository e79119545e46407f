import type { Translate } from "@/components/ui/translate";
import { type Reach, ReachMark } from "./reach-mark";

export type RolesTableView = {
  readonly roles: readonly {
    readonly role: string;
    readonly label: string;
    readonly isYours: boolean;
  }[];
  readonly groups: readonly {
    readonly title: string;
    readonly rows: readonly {
      readonly permission: string;
      readonly label: string;
      /** In the order of the roles. */
      readonly reach: readonly Reach[];
    }[];
  }[];
};

/** Every permission against every role; the reader's own column is set off. */
export function RolesTable(props: { readonly view: RolesTableView; readonly t: Translate }) {
  const { view, t } = props;
  const groundOf = (index: number) => (view.roles[index]?.isYours ? "bg-glow-soft" : "");
  return (
    <table className="w-full border-collapse text-start">
      <caption className="sr-only">{t("roles.title")}</caption>
      <thead>
        <tr className="border-b border-line align-bottom text-small">
          <th scope="col" className="pb-2 text-start font-normal text-quiet">
            {t("roles.what")}
          </th>
          {view.roles.map(({ role, label, isYours }, index) => (
            <th
              key={role}
              scope="col"
              className={`w-24 px-1 pt-2 pb-2 text-center font-medium ${groundOf(index)}`}
            >
              {label}
              {isYours ? <span className="block font-normal">{t("roles.yours")}</span> : null}
            </th>
          ))}
        </tr>
      </thead>
      {view.groups.map((group) => (
        <tbody key={group.title}>
          <tr>
            <th
              scope="rowgroup"
              colSpan={view.roles.length + 1}
              className="pt-5 pb-1 text-start font-strong"
            >
              {group.title}
            </th>
          </tr>
          {group.rows.map((row) => (
            <tr key={row.permission} className="border-b border-line">
              <th scope="row" className="py-1.5 text-start font-normal">
                {row.label}
              </th>
              {row.reach.map((reach, index) => (
                <td
                  key={view.roles[index]?.role}
                  className={`py-1.5 text-center align-middle leading-none ${groundOf(index)}`}
                >
                  <ReachMark reach={reach} t={t} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      ))}
    </table>
  );
}
