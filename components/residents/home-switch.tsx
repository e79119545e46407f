import type { Translate } from "@/components/ui/translate";

export type HomeSwitchView = {
  readonly leaseId: string;
  readonly href: string;
  readonly unitLabel: string;
  readonly buildingName: string;
  readonly endsText: string | null;
  readonly isCurrent: boolean;
};

/** Which of several homes the page is about; those whose lease is over stand last. */
export function HomeSwitch(props: {
  readonly homes: readonly HomeSwitchView[];
  readonly t: Translate;
}) {
  return (
    <nav aria-label={props.t("homePage.homes")} className="print:hidden">
      <ul className="grid border-t border-line">
        {props.homes.map((home) => (
          <li key={home.leaseId} className="border-b border-line">
            <a
              href={home.href}
              aria-current={home.isCurrent ? "page" : undefined}
              className={`flex min-h-11 flex-wrap items-center gap-x-3 py-1.5 ${
                home.isCurrent ? "font-strong" : "hover:bg-raised"
              }`}
            >
              <bdi className="line-clamp-2 min-w-0">{home.unitLabel}</bdi>
              <bdi className="line-clamp-1 min-w-0 font-normal text-quiet">{home.buildingName}</bdi>
              {home.endsText ? (
                <span className="text-small font-normal text-quiet">{home.endsText}</span>
              ) : null}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
