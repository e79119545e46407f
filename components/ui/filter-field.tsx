/** One labelled field of a list's filter, of a desk's size; what was asked for stands in it. */
export function FilterField(props: {
  readonly name: string;
  readonly type: "text" | "date";
  readonly label: string;
  readonly value: string | null;
}) {
  return (
    <div className="min-w-0">
      <label htmlFor={props.name} className="mb-1 block text-small text-quiet">
        {props.label}
      </label>
      <input
        id={props.name}
        name={props.name}
        type={props.type}
        defaultValue={props.value ?? ""}
        className="h-9 w-full min-w-0 rounded-control border border-edge bg-raised px-2.5 text-body"
      />
    </div>
  );
}
