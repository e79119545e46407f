/** The mark: a small house of four windows, two of them lit. Decorative; the word stands beside. */
export function BrandMark() {
  return (
    <svg viewBox="0 0 20 24" className="h-6 w-5 shrink-0" aria-hidden="true">
      <rect
        x="1"
        y="1"
        width="18"
        height="22"
        rx="3"
        className="fill-none stroke-current"
        strokeWidth="1.6"
      />
      <g className="fill-stone">
        <rect x="5" y="5.5" width="4" height="5" rx="1" />
        <rect x="11" y="13.5" width="4" height="5" rx="1" />
      </g>
      <g className="fill-glow">
        <rect x="11" y="5.5" width="4" height="5" rx="1" />
        <rect x="5" y="13.5" width="4" height="5" rx="1" />
      </g>
    </svg>
  );
}
