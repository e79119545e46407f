import { LinkButton } from "./link-button";

/** A list with nothing in it says what to do first. */
export function EmptyState(props: {
  readonly title: string;
  readonly text: string;
  readonly action?: { readonly href: string; readonly label: string };
}) {
  return (
    <div className="border-y border-line py-12 text-center">
      <p className="text-lead font-strong">{props.title}</p>
      <p className="mx-auto mt-1 mb-4 max-w-reading text-quiet">{props.text}</p>
      {props.action ? (
        <LinkButton href={props.action.href} size="console" kind="primary">
          {props.action.label}
        </LinkButton>
      ) : null}
    </div>
  );
}
