-- An organization's meters, what needs a person first, each state by number: a page of a hundred
-- thousand costs what a page of ten does (docs/decisions/026-the-console-in-few-statements.md).
-- CreateIndex
CREATE INDEX "meter_directory_belongs_to_state_meter_number_idx" ON "meter_directory"("belongs_to", "state", "meter_number");

-- Meters that are only read stand in no directory.
CREATE INDEX meter_only_read ON meter (organization_id, meter_number) WHERE vending_key_id IS NULL;
