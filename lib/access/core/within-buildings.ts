import type { Scope } from "./scope";

/**
 * The part of a `where` that keeps a role limited to buildings within them: rows whose column of
 * this name is one of its buildings. Nothing is added for a scope that is not limited so.
 */
export function withinBuildings<Column extends "buildingId" | "id">(
  scope: Scope,
  column: Column,
): { readonly [Name in Column]?: { readonly in: string[] } } {
  const buildingIds = buildingsOf(scope);
  if (buildingIds === null) return {};
  return { [column]: { in: [...buildingIds] } } as { [Name in Column]: { in: string[] } };
}

/**
 * Whether something of a building is within a scope; null is about the whole organization, and so
 * not for who is limited.
 */
export function isWithinBuildings(scope: Scope, buildingId: string | null): boolean {
  const buildingIds = buildingsOf(scope);
  return buildingIds === null || (buildingId !== null && buildingIds.includes(buildingId));
}

/** The buildings a scope is limited to; null where it is not. For SQL of our own. */
export function buildingsOf(scope: Scope): readonly string[] | null {
  const canBeLimited = scope.kind === "organization" || scope.kind === "endpoint";
  return canBeLimited ? scope.buildingIds : null;
}
