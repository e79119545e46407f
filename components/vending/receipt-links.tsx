import type { Translate } from "@/components/ui/translate";

export type ReceiptLinkView = { readonly href: string; readonly label: string };

/** The other forms of a receipt, for keeping or handing out. */
export function ReceiptLinks(props: {
  readonly links: readonly ReceiptLinkView[];
  readonly title?: string;
  readonly t: Translate;
}) {
  return (
    <nav aria-label={props.title ?? props.t("receipt.forms")} className="print:hidden">
      <h2 className="text-lead font-strong">{props.title ?? props.t("receipt.forms")}</h2>
      <ul className="mt-1 flex flex-wrap gap-x-5">
        {props.links.map((link) => (
          <li key={link.href}>
            <a
              href={link.href}
              className="inline-flex min-h-11 items-center underline decoration-line
                underline-offset-4 hover:decoration-ink"
            >
              {link.label}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
