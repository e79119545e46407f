/** One labelled choice of a short list, of the browser's own; the first says that none is made. */
export function Select(props: {
  readonly id: string;
  readonly name: string;
  readonly label: string;
  readonly value: string | null;
  readonly none: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
}) {
  return (
    <div>
      <label htmlFor={props.id} className="mb-1 block text-small text-quiet">
        {props.label}
      </label>
      <select
        id={props.id}
        name={props.name}
        defaultValue={props.value ?? ""}
        className="h-9 w-full rounded-control border border-edge bg-raised px-2.5 text-body"
      >
        <option value="">{props.none}</option>
        {props.options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  );
}
