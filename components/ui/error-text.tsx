/** The sentence under a field that names the fault and the way out, with a shape before it. */
export function ErrorText({ id, text }: { readonly id: string; readonly text: string }) {
  return (
    <p id={id} className="mt-2 flex gap-2 text-body text-brick">
      <svg viewBox="0 0 16 16" className="mt-1 size-4 shrink-0" aria-hidden="true">
        <path d="M8 1.5 15 14H1Z" className="fill-current" />
        <path d="M8 6v4M8 11.5v1" className="stroke-paper" strokeWidth="1.6" />
      </svg>
      <span>{text}</span>
    </p>
  );
}
