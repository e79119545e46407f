export type ConsoleMenu = {
  readonly label: string;
  /** Where else the person works; with one place alone there is nothing to choose. */
  readonly placesLabel: string;
  readonly currentLabel: string;
  readonly places: readonly {
    readonly href: string;
    readonly name: string;
    readonly isCurrent: boolean;
  }[];
  readonly links: readonly { readonly href: string; readonly label: string }[];
};

const ITEM = `flex min-h-11 items-center justify-between gap-4 rounded-control px-3 hover:bg-stone
  tablet:min-h-9`;

/**
 * The way between organizations and to what is about the whole one. It opens without a script, by
 * mouse, finger or keyboard; a tab past its end leaves it open, as every disclosure does.
 */
export function OrganizationMenu({ menu }: { readonly menu: ConsoleMenu }) {
  return (
    <details className="group relative">
      <summary
        aria-label={menu.label}
        className="flex size-9 cursor-pointer list-none items-center justify-center
          rounded-control border border-edge bg-raised hover:border-ink
          [&::-webkit-details-marker]:hidden"
      >
        <svg viewBox="0 0 16 16" className="size-4 group-open:rotate-180" aria-hidden="true">
          <path
            d="m3.5 6 4.5 4.5L12.5 6"
            className="fill-none stroke-current"
            strokeWidth="1.8"
            strokeLinecap="round"
          />
        </svg>
      </summary>
      <div
        className="absolute start-0 top-full z-10 mt-1 w-72 max-w-[80vw] rounded-control border
          border-edge bg-raised p-1.5 max-tablet:fixed max-tablet:inset-x-4 max-tablet:top-auto
          max-tablet:w-auto max-tablet:max-w-none"
      >
        {menu.places.length > 1 ? (
          <nav aria-label={menu.placesLabel} className="mb-1.5 border-b border-line pb-1.5">
            <ul>
              {menu.places.map((place) => (
                <li key={place.href}>
                  <a
                    href={place.href}
                    aria-current={place.isCurrent ? "true" : undefined}
                    className={`${ITEM} ${place.isCurrent ? "font-strong" : ""}`}
                  >
                    <bdi className="min-w-0">{place.name}</bdi>
                    {place.isCurrent ? (
                      <span className="shrink-0 text-small font-normal text-quiet">
                        {menu.currentLabel}
                      </span>
                    ) : null}
                  </a>
                </li>
              ))}
            </ul>
          </nav>
        ) : null}
        <ul>
          {menu.links.map((link) => (
            <li key={link.href}>
              <a href={link.href} className={ITEM}>
                {link.label}
              </a>
            </li>
          ))}
        </ul>
      </div>
    </details>
  );
}
