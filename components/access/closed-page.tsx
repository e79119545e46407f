import { LinkButton } from "@/components/ui/link-button";
import { type PhoneFrame, PhoneShell } from "@/components/ui/phone-shell";

/** A link that was used, has expired, or never was: the same for all, with the way on. */
export function ClosedPage(props: {
  readonly frame: PhoneFrame;
  readonly title: string;
  readonly text: string;
  readonly action: { readonly href: string; readonly label: string };
}) {
  const { frame, title, text, action } = props;
  return (
    <PhoneShell frame={frame}>
      <div>
        <h1 className="text-title font-strong tracking-tight">{title}</h1>
        <p className="mt-2 text-lead text-quiet">{text}</p>
      </div>
      <LinkButton href={action.href} isWide>
        {action.label}
      </LinkButton>
    </PhoneShell>
  );
}
