import { Table } from "@/components/ui/table";
import type { Translate } from "@/components/ui/translate";

export type MemberRowView = {
  readonly userId: string;
  readonly name: string;
  readonly email: string;
  /** Null for who may only look. */
  readonly href: string | null;
  readonly roleText: string;
  /** You, last administrator, until when. */
  readonly marks: readonly string[];
  readonly buildingsText: string;
  readonly seesNothing: boolean;
  readonly sinceText: string;
};

/** Everybody who is staff; the name leads to where the role is changed. */
export function MemberTable(props: {
  readonly members: readonly MemberRowView[];
  readonly t: Translate;
}) {
  const { members, t } = props;
  const columns = [
    { key: "name", label: t("people.name") },
    { key: "role", label: t("people.role") },
    { key: "buildings", label: t("people.buildings"), isWideOnly: true },
    { key: "since", label: t("people.since"), isNumber: true, isWideOnly: true },
  ];
  const rows = members.map((member) => ({
    key: member.userId,
    cells: {
      name: <Name member={member} />,
      role: <Role member={member} />,
      buildings: <Buildings member={member} />,
      since: <span className="text-quiet">{member.sinceText}</span>,
    },
  }));
  return <Table caption={t("people.members")} columns={columns} rows={rows} />;
}

function Name({ member }: { readonly member: MemberRowView }) {
  return (
    <>
      {member.href ? (
        <a href={member.href} className="underline decoration-line underline-offset-4">
          <bdi>{member.name}</bdi>
        </a>
      ) : (
        <bdi>{member.name}</bdi>
      )}
      <span className="block text-small font-normal break-all text-quiet">{member.email}</span>
    </>
  );
}

function Role({ member }: { readonly member: MemberRowView }) {
  return (
    <>
      {member.roleText}
      {member.marks.map((mark) => (
        <span key={mark} className="block text-small text-quiet">
          {mark}
        </span>
      ))}
      <span className="block text-small tablet:hidden">
        <Buildings member={member} />
      </span>
    </>
  );
}

function Buildings({ member }: { readonly member: MemberRowView }) {
  return (
    <bdi className={member.seesNothing ? "text-brick" : "text-quiet"}>{member.buildingsText}</bdi>
  );
}
