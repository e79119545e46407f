-- What the console finds and lists by (docs/decisions/021-search.md): keys that the database itself
-- keeps, compared byte by byte, for row-level security lets only leakproof operators use an index.

ALTER TABLE building ADD COLUMN search_key TEXT COLLATE "C"
  GENERATED ALWAYS AS (translate(lower(name), ' ./-', '')) STORED;
ALTER TABLE unit ADD COLUMN search_key TEXT COLLATE "C"
  GENERATED ALWAYS AS (translate(lower(label), ' ./-', '')) STORED;
-- Of a person's name the whole, and its last word: people are looked for by either.
ALTER TABLE resident
  ADD COLUMN search_key TEXT COLLATE "C"
    GENERATED ALWAYS AS (translate(lower(name), ' ./-', '')) STORED,
  ADD COLUMN search_last TEXT COLLATE "C"
    GENERATED ALWAYS AS (translate(lower(regexp_replace(name, '^.*\s', '')), ' ./-', '')) STORED;
-- A meter is known by how its number begins, or by its last digits.
ALTER TABLE meter
  ADD COLUMN search_key TEXT COLLATE "C"
    GENERATED ALWAYS AS (translate(lower(meter_number), ' ./-', '')) STORED,
  ADD COLUMN search_end TEXT COLLATE "C"
    GENERATED ALWAYS AS (reverse(translate(lower(meter_number), ' ./-', ''))) STORED;

-- CreateIndex
CREATE INDEX "building_organization_id_search_key_idx" ON "building"("organization_id", "search_key");

-- CreateIndex
CREATE INDEX "unit_organization_id_search_key_idx" ON "unit"("organization_id", "search_key");

-- CreateIndex
CREATE INDEX "resident_organization_id_search_key_idx" ON "resident"("organization_id", "search_key");

-- CreateIndex
CREATE INDEX "resident_organization_id_search_last_idx" ON "resident"("organization_id", "search_last");

-- CreateIndex
CREATE INDEX "meter_organization_id_search_key_idx" ON "meter"("organization_id", "search_key");

-- CreateIndex
CREATE INDEX "meter_organization_id_search_end_idx" ON "meter"("organization_id", "search_end");

-- ── Purchases with money in them, newest first: all, and of a building ───────────────────────
CREATE INDEX purchase_paid ON purchase (organization_id, paid_at DESC, id DESC)
  WHERE paid_at IS NOT NULL;
CREATE INDEX purchase_building_paid ON purchase (organization_id, building_id, paid_at DESC, id DESC)
  WHERE paid_at IS NOT NULL;
-- Paid and without a token: few at any time, and asked for by every page of a building.
CREATE INDEX purchase_unissued ON purchase (organization_id, building_id, paid_at)
  WHERE paid_at IS NOT NULL AND issued_at IS NULL;

