/** Where the roll was torn off. Ink and ground are the slip's own; a printer leaves it out. */
export function TornEdge() {
  return (
    <svg className="-mb-2 block h-2 w-full print:hidden" aria-hidden="true">
      <defs>
        <pattern id="torn" width="12" height="8" patternUnits="userSpaceOnUse">
          <path d="M0 0v1l6 6 6-6V0Z" className="fill-raised" />
          <path d="m0 1 6 6 6-6" className="fill-none stroke-line" />
        </pattern>
      </defs>
      <rect width="100%" height="8" fill="url(#torn)" />
    </svg>
  );
}
