// Stands in for `server-only` outside Next.js (bundles of the processes, tests), where the real
// package would throw on import.
export {};
