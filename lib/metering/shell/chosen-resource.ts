import type { Resource } from "@/lib/property/shared";

/** The one that was asked for, where there is such a meter; else the first there is. */
export function chosenResource(resources: readonly Resource[], asked: Resource): Resource {
  return resources.includes(asked) ? asked : (resources[0] ?? "electricity");
}
