import type { ReactNode } from "react";

/**
 * The head of a sheet and of what its figures are made of: the building, what it is and of when. In
 * print also when it was made, for a paper is filed and the figures go on.
 */
export function SheetHead(props: {
  readonly placeText: string;
  readonly placeHref: string | null;
  readonly title: string;
  readonly printedText: string;
  /** The month, or what the rows add up to. */
  readonly children: ReactNode;
}) {
  const { placeText, placeHref, title, printedText, children } = props;
  return (
    <div>
      <p className="text-quiet print:font-medium print:text-ink">
        {placeHref ? (
          <a href={placeHref} className="hover:text-ink hover:underline print:no-underline">
            <bdi>{placeText}</bdi>
          </a>
        ) : (
          <bdi>{placeText}</bdi>
        )}
      </p>
      <h1 className="text-title font-strong tracking-tight">{title}</h1>
      {children}
      <p className="hidden text-small text-quiet print:block">{printedText}</p>
    </div>
  );
}
