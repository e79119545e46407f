/** Parapet, water tanks and aerial: what tells a block of flats from a table. Decorative. */
export function Roof() {
  return (
    <div aria-hidden="true">
      <svg aria-hidden="true" className="ms-[12%] block h-7 w-40" viewBox="0 0 160 28">
        <path d="M8 22v6m24-6v6m18-4v4m16-4v4" className="stroke-stone" strokeWidth="3" />
        <rect x="2" y="1" width="36" height="21" rx="4" className="fill-stone" />
        <rect x="45" y="8" width="26" height="16" rx="3" className="fill-stone" />
        <path d="M140 28V2m-9 6h18m-15 6h12" className="fill-none stroke-stone" strokeWidth="2" />
      </svg>
      <div className="h-2.5 rounded-pane bg-stone" />
    </div>
  );
}

/** The ground storey: the name over a door whose fanlight is lit. Decorative; the page names it. */
export function Entrance({ name }: { readonly name: string }) {
  return (
    <div aria-hidden="true" className="flex items-end justify-center gap-3 px-3 pt-4">
      <span className="w-0 flex-1 truncate pb-3 text-end text-small text-quiet">
        <bdi>{name}</bdi>
      </span>
      <svg aria-hidden="true" className="h-14 w-18 shrink-0" viewBox="0 0 72 56">
        <rect width="72" height="56" rx="2" className="fill-stone" />
        <rect x="5" y="5" width="62" height="9" rx="1" className="fill-glow" />
        <rect x="5" y="18" width="29" height="38" className="fill-paper" />
        <rect x="38" y="18" width="29" height="38" className="fill-paper" />
      </svg>
      <span className="flex-1" />
    </div>
  );
}
