-- Whose meter a number is (docs/decisions/015-meter-ownership.md), and tokens that nobody pays for
-- because two people approved them (docs/decisions/014-approved-issue.md).

-- ── The directory: a row for each claim ──────────────────────────────────────────────────────
-- AlterTable
ALTER TABLE "meter_directory" DROP CONSTRAINT "meter_directory_pkey",
ADD COLUMN     "claimed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
ADD CONSTRAINT "meter_directory_pkey" PRIMARY KEY ("meter_number", "belongs_to");
ALTER TABLE "meter_directory" ALTER COLUMN "claimed_at" DROP DEFAULT;

ALTER TABLE meter_directory DROP CONSTRAINT meter_directory_state_known;
ALTER TABLE meter_directory
  ADD CONSTRAINT meter_directory_state_known CHECK (state IN ('claimed', 'verified', 'contested')),
  ADD CONSTRAINT meter_directory_verified_once
    EXCLUDE USING btree (meter_number WITH =) WHERE (state = 'verified');

-- CreateTable
CREATE TABLE "meter_wish" (
    "meter_number" TEXT NOT NULL,
    "belongs_to" UUID NOT NULL,
    "state" TEXT NOT NULL,
    "wished_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "meter_wish_pkey" PRIMARY KEY ("meter_number","belongs_to")
);
ALTER TABLE meter_wish
  ADD CONSTRAINT meter_wish_number_form CHECK (meter_number ~ '^([0-9]{11}|[0-9]{13})$'),
  ADD CONSTRAINT meter_wish_state_known CHECK (state IN ('open', 'granted', 'closed'));

-- ── An approved issue owns a token set as a purchase does ────────────────────────────────────
-- AlterTable
ALTER TABLE "token_set" ADD COLUMN     "approval_id" UUID,
ALTER COLUMN "purchase_id" DROP NOT NULL;

-- CreateIndex
CREATE UNIQUE INDEX "token_set_organization_id_approval_id_key" ON "token_set"("organization_id", "approval_id");

-- AddForeignKey
ALTER TABLE "token_set" ADD CONSTRAINT "token_set_organization_id_approval_id_fkey" FOREIGN KEY ("organization_id", "approval_id") REFERENCES "approval_request"("organization_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

ALTER TABLE token_set
  ADD CONSTRAINT token_set_one_owner CHECK (num_nonnulls(purchase_id, approval_id) = 1);

-- CreateTable
CREATE TABLE "meter_test" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "meter_id" UUID NOT NULL,
    "approval_id" UUID NOT NULL,
    "token_set_id" UUID,
    "state" TEXT NOT NULL,
    "tries" INTEGER NOT NULL DEFAULT 0,
    "asked_at" TIMESTAMPTZ(3) NOT NULL,
    "issued_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "value" JSONB,

    CONSTRAINT "meter_test_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateIndex
CREATE UNIQUE INDEX "meter_test_organization_id_approval_id_key" ON "meter_test"("organization_id", "approval_id");

-- CreateIndex
CREATE UNIQUE INDEX "meter_test_organization_id_token_set_id_key" ON "meter_test"("organization_id", "token_set_id");

-- CreateIndex
CREATE INDEX "meter_test_organization_id_meter_id_asked_at_idx" ON "meter_test"("organization_id", "meter_id", "asked_at" DESC);

-- AddForeignKey
ALTER TABLE "meter_test" ADD CONSTRAINT "meter_test_organization_id_meter_id_fkey" FOREIGN KEY ("organization_id", "meter_id") REFERENCES "meter"("organization_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "meter_test" ADD CONSTRAINT "meter_test_organization_id_approval_id_fkey" FOREIGN KEY ("organization_id", "approval_id") REFERENCES "approval_request"("organization_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "meter_test" ADD CONSTRAINT "meter_test_organization_id_token_set_id_fkey" FOREIGN KEY ("organization_id", "token_set_id") REFERENCES "token_set"("organization_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

ALTER TABLE meter_test
  ADD CONSTRAINT meter_test_state_known CHECK (state IN ('asked', 'issued', 'passed', 'void')),
  ADD CONSTRAINT meter_test_tries_range CHECK (tries BETWEEN 0 AND 3),
  ADD CONSTRAINT meter_test_issued_whole CHECK ((issued_at IS NULL) = (token_set_id IS NULL)
    AND (state NOT IN ('issued', 'passed') OR issued_at IS NOT NULL)),
  ADD CONSTRAINT meter_test_ended_whole CHECK ((state IN ('passed', 'void')) = (ended_at IS NOT NULL)),
  ADD CONSTRAINT meter_test_one_at_a_time EXCLUDE USING btree
    (organization_id WITH =, meter_id WITH =) WHERE (state IN ('asked', 'issued'));

-- ── Accounts and kinds of work ───────────────────────────────────────────────────────────────
ALTER TABLE ledger_transfer
  DROP CONSTRAINT ledger_transfer_debit_known, DROP CONSTRAINT ledger_transfer_credit_known;
ALTER TABLE ledger_transfer
  ADD CONSTRAINT ledger_transfer_debit_known CHECK (debit_account IN ('provider_clearing',
    'customer_unallocated', 'vend_pending', 'landlord_payable', 'tax_payable', 'wallet',
    'refunds_payable', 'free_issues')),
  ADD CONSTRAINT ledger_transfer_credit_known CHECK (credit_account IN ('provider_clearing',
    'customer_unallocated', 'vend_pending', 'landlord_payable', 'tax_payable', 'wallet',
    'refunds_payable', 'free_issues'));
ALTER TABLE outbox DROP CONSTRAINT outbox_kind_known;
ALTER TABLE outbox
  ADD CONSTRAINT outbox_kind_known CHECK (kind IN
    ('purchase.vend', 'purchase.issue', 'purchase.issued', 'issue.issue', 'issue.issued'));
ALTER TABLE due_work DROP CONSTRAINT due_work_kind_known;
ALTER TABLE due_work
  ADD CONSTRAINT due_work_kind_known CHECK (kind IN
    ('purchase.vend', 'payment.poll', 'payment.refund', 'practice.callback', 'audit.chain',
     'meter.contested', 'meter.test-end'));

-- ── Policies and grants ──────────────────────────────────────────────────────────────────────
ALTER TABLE meter_test ENABLE ROW LEVEL SECURITY;
ALTER TABLE meter_test FORCE ROW LEVEL SECURITY;
CREATE POLICY one_organization ON meter_test TO voltlet_web, voltlet_worker, voltlet_vend
  USING (organization_id = current_setting('voltlet.organization_id')::uuid)
  WITH CHECK (organization_id = current_setting('voltlet.organization_id')::uuid);

-- Whose a number is, is decided by the functions below alone.
REVOKE INSERT ON meter_directory FROM voltlet_web;
GRANT SELECT ON meter_wish, meter_test TO voltlet_web, voltlet_worker;
GRANT SELECT ON installation_mode TO voltlet_vend;
GRANT SELECT, INSERT, UPDATE ON meter_directory, meter_wish, meter_test TO voltlet_vend;

GRANT voltlet_vend TO CURRENT_USER;
GRANT CREATE ON SCHEMA public TO voltlet_vend;

-- ── Reserving: what a sale and an approved issue have in common ──────────────────────────────
-- Takes the meter's lock and gives the last token id used under the key, -1 for none.
CREATE FUNCTION lock_key_position(p_organization_id uuid, p_meter_id uuid, p_key_id uuid) RETURNS int
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE v_last int;
BEGIN
  INSERT INTO meter_key_position (organization_id, meter_id, vending_key_id, last_token_id_minutes)
  VALUES (p_organization_id, p_meter_id, p_key_id, -1) ON CONFLICT DO NOTHING;
  SELECT last_token_id_minutes INTO STRICT v_last FROM meter_key_position
   WHERE organization_id = p_organization_id AND meter_id = p_meter_id
     AND vending_key_id = p_key_id FOR UPDATE;
  RETURN v_last;
END $$;

-- The next token id (IEC 62055-41: used once for a meter and key; minute 00:01 of a day is
-- reserved); null where the key cannot be used, -1 where 59 minutes ahead are taken.
CREATE FUNCTION next_token_id(p_key vending_key, p_last int, p_at timestamptz) RETURNS int
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
  v_minute int;
  v_token_id int;
BEGIN
  IF p_key.key_type <> 2 OR p_at < p_key.active_from
    OR p_at >= coalesce(p_key.issue_until, 'infinity') THEN
    RETURN NULL;
  END IF;
  v_minute := floor(extract(epoch FROM
    p_at - make_timestamptz(p_key.base_date_year, 1, 1, 0, 0, 0, 'UTC')) / 60);
  v_token_id := greatest(v_minute, p_last + 1);
  IF v_token_id % 1440 = 1 THEN v_token_id := v_token_id + 1; END IF;
  IF v_minute < 0 OR v_token_id > 16777215 OR (v_token_id >> 16) > p_key.key_expiry_number THEN
    RETURN NULL;
  END IF;
  RETURN CASE WHEN v_token_id > v_minute + 59 THEN -1 ELSE v_token_id END;
END $$;

-- Writes the set, what its token will say, and that the token id is used.
CREATE FUNCTION write_reservation(p_set token_set, p_meter meter, p_token_id int, p_random_nibble int,
  p_units int) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  UPDATE meter_key_position SET last_token_id_minutes = p_token_id
   WHERE organization_id = p_set.organization_id AND meter_id = p_meter.id
     AND vending_key_id = p_meter.vending_key_id;
  INSERT INTO token_set (organization_id, id, purchase_id, approval_id, meter_id, created_at)
  VALUES (p_set.organization_id, p_set.id, p_set.purchase_id, p_set.approval_id, p_meter.id,
    p_set.created_at);
  INSERT INTO token_reservation (organization_id, token_set_id, position, meter_id, vending_key_id,
    meter_number, encryption_algorithm, tariff_index, subclass, token_id_minutes, random_nibble, amount_units)
  VALUES (p_set.organization_id, p_set.id, 1, p_meter.id, p_meter.vending_key_id,
    p_meter.meter_number, p_meter.encryption_algorithm, p_meter.tariff_index, 0, p_token_id,
    p_random_nibble, p_units);
END $$;

-- Whether somebody else claims the number too, or has proved it: nothing is sold for it then.
CREATE FUNCTION is_contested(p_organization_id uuid, p_meter_number text) RETURNS boolean
LANGUAGE sql SET search_path = pg_catalog, public AS $$
  SELECT EXISTS (SELECT FROM meter_directory WHERE meter_number = p_meter_number
    AND belongs_to = p_organization_id AND state = 'contested')
$$;

-- Adds what the signer has on record; refuses a token that the journal does not know.
CREATE FUNCTION write_tokens(p_organization_id uuid, p_set_id uuid, p_tokens jsonb, p_at timestamptz)
RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  INSERT INTO meter_token (organization_id, token_set_id, position, digits, issued_at)
  SELECT p_organization_id, p_set_id, (t->>'position')::int, t->>'digits', p_at
    FROM jsonb_array_elements(p_tokens) t
    JOIN journal_entry j ON j.organization_id = p_organization_id AND j.token_set_id = p_set_id
     AND j.position = (t->>'position')::int AND j.outcome = 'issued';
  IF EXISTS (SELECT FROM token_reservation r WHERE r.organization_id = p_organization_id
    AND r.token_set_id = p_set_id AND NOT EXISTS (SELECT FROM meter_token m
      WHERE m.organization_id = r.organization_id AND m.token_set_id = r.token_set_id AND m.position = r.position)) THEN
    RAISE EXCEPTION 'token set % has a token that the journal does not know', p_set_id;
  END IF;
END $$;

-- paid → reserved, as before; and refused where the number is contested.
CREATE OR REPLACE FUNCTION vend_reserve(p_organization_id uuid, p jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  bought purchase;
  priced quote;
  served meter;
  under vending_key;
  reserved token_set;
  v_at timestamptz := (p->>'now')::timestamptz;
  v_token_id int;
  v_last int;
  v_carried bigint;
BEGIN
  PERFORM scope_to(p_organization_id);
  SELECT * INTO STRICT bought FROM purchase
   WHERE organization_id = p_organization_id AND id = (p->>'purchaseId')::uuid;
  SELECT * INTO STRICT served FROM meter WHERE organization_id = p_organization_id AND id = bought.meter_id;
  SELECT * INTO STRICT under FROM vending_key
   WHERE organization_id = p_organization_id AND id = served.vending_key_id;
  v_last := lock_key_position(p_organization_id, served.id, under.id);

  SELECT * INTO STRICT bought FROM purchase
   WHERE organization_id = p_organization_id AND id = bought.id FOR UPDATE;
  IF bought.status <> 'paid' THEN
    RETURN jsonb_build_object('outcome', 'not-paid', 'status', bought.status);
  END IF;
  SELECT * INTO STRICT priced FROM quote
   WHERE organization_id = p_organization_id AND id = bought.quote_id;
  IF served.status <> 'active' THEN RETURN jsonb_build_object('outcome', 'meter-blocked'); END IF;
  IF is_contested(p_organization_id, served.meter_number) THEN
    RETURN jsonb_build_object('outcome', 'meter-contested');
  END IF;
  IF NOT EXISTS (SELECT FROM meter_installation WHERE organization_id = p_organization_id
    AND id = bought.installation_id AND starts_at <= v_at AND (ends_at IS NULL OR ends_at > v_at)) THEN
    RETURN jsonb_build_object('outcome', 'meter-not-installed');
  END IF;
  v_token_id := next_token_id(under, v_last, v_at);
  IF v_token_id IS NULL THEN RETURN jsonb_build_object('outcome', 'key-not-usable'); END IF;
  -- Late money is priced anew at the version in force; a price made after the payment stands.
  IF priced.expires_at <= bought.paid_at AND priced.created_at < bought.paid_at THEN
    RETURN jsonb_build_object('outcome', 'quote-expired');
  END IF;
  SELECT carried_wh INTO STRICT v_carried FROM wallet
   WHERE organization_id = p_organization_id AND occupancy_id = bought.occupancy_id FOR UPDATE;
  IF v_carried <> priced.carried_before_wh THEN
    RETURN jsonb_build_object('outcome', 'basis-changed');
  END IF;
  IF v_token_id = -1 THEN
    PERFORM follow_up(p_organization_id, bought.id, 'due_work', 'purchase.vend', v_at + interval '30 seconds');
    RETURN jsonb_build_object('outcome', 'waits-for-minute');
  END IF;

  UPDATE wallet SET carried_wh = priced.carried_after_wh
   WHERE organization_id = p_organization_id AND occupancy_id = bought.occupancy_id;
  reserved.organization_id := p_organization_id;
  reserved.id := (p->>'tokenSetId')::uuid;
  reserved.purchase_id := bought.id;
  reserved.created_at := v_at;
  PERFORM write_reservation(reserved, served, v_token_id, (p->>'randomNibble')::int, priced.token_units);
  PERFORM purchase_advance(p_organization_id, bought.id, 'paid', 'reserved', v_at, 'token id chosen');
  PERFORM post_transfer(bought, 'customer_unallocated', 'vend_pending', bought.amount_minor, 'sale reserved', v_at);
  UPDATE payment SET status = 'applied'
   WHERE organization_id = p_organization_id AND purchase_id = bought.id AND status = 'matched';
  PERFORM follow_up(p_organization_id, bought.id, 'outbox', 'purchase.issue', v_at + interval '5 seconds');
  RETURN jsonb_build_object('outcome', 'reserved', 'tokenSetId', reserved.id);
END $$;

-- reserved | in_doubt → issued, as before, over the shared part.
CREATE OR REPLACE FUNCTION vend_finish(p_organization_id uuid, p jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  bought purchase;
  priced quote;
  v_set token_set;
  v_at timestamptz := (p->>'now')::timestamptz;
  v_number bigint;
BEGIN
  PERFORM scope_to(p_organization_id);
  SELECT * INTO STRICT bought FROM purchase
   WHERE organization_id = p_organization_id AND id = (p->>'purchaseId')::uuid FOR UPDATE;
  IF bought.status NOT IN ('reserved', 'in_doubt') THEN
    RETURN jsonb_build_object('outcome', 'unchanged', 'status', bought.status);
  END IF;
  SELECT * INTO STRICT v_set FROM token_set
   WHERE organization_id = p_organization_id AND purchase_id = bought.id;
  PERFORM write_tokens(p_organization_id, v_set.id, p->'tokens', v_at);

  SELECT * INTO STRICT priced FROM quote
   WHERE organization_id = p_organization_id AND id = bought.quote_id;
  PERFORM post_transfer(bought, 'vend_pending', 'landlord_payable',
    priced.energy_minor - priced.included_tax_minor, 'energy sold', v_at);
  PERFORM post_transfer(bought, 'vend_pending', 'tax_payable',
    priced.tax_minor + priced.included_tax_minor, 'tax on energy', v_at);
  PERFORM post_transfer(bought, 'vend_pending', 'wallet', priced.unspent_minor, 'unspent, kept on account', v_at);
  UPDATE wallet SET balance_minor = balance_minor + priced.unspent_minor
   WHERE organization_id = p_organization_id AND occupancy_id = bought.occupancy_id AND priced.unspent_minor > 0;
  PERFORM follow_up(p_organization_id, bought.id, 'outbox', 'purchase.issued', v_at);
  INSERT INTO receipt_series AS s (organization_id, series, last_number)
  VALUES (p_organization_id, p->>'receiptSeries', 1)
  ON CONFLICT (organization_id, series) DO UPDATE SET last_number = s.last_number + 1
  RETURNING last_number INTO v_number;
  UPDATE purchase SET issued_at = v_at, receipt_series = p->>'receiptSeries', receipt_number = v_number
   WHERE organization_id = p_organization_id AND id = bought.id;
  PERFORM purchase_advance(p_organization_id, bought.id, bought.status, 'issued', v_at, 'the signer issued the token');
  RETURN jsonb_build_object('outcome', 'issued', 'status', 'issued');
END $$;

-- ── An approved issue ────────────────────────────────────────────────────────────────────────
-- Posts what was given away at its full value: {buildingId, occupancyId, currency, energyMinor,
-- taxMinor}. A null is a test of a meter that serves no unit: nobody is given anything by it.
CREATE FUNCTION post_free_issue(p_organization_id uuid, p_approval_id uuid, p_value jsonb, p_at timestamptz)
RETURNS void LANGUAGE sql SET search_path = pg_catalog, public AS $$
  INSERT INTO ledger_transfer (organization_id, id, at, debit_account, credit_account, amount_minor,
    currency, reason, correlation_id, building_id, occupancy_id)
  SELECT p_organization_id, gen_random_uuid(), p_at, 'free_issues', part.account, part.amount_minor,
    p_value->>'currency', 'issued without payment', p_approval_id, (p_value->>'buildingId')::uuid,
    (p_value->>'occupancyId')::uuid
    FROM (VALUES ('landlord_payable', (p_value->>'energyMinor')::bigint),
      ('tax_payable', (p_value->>'taxMinor')::bigint)) AS part (account, amount_minor)
   WHERE part.amount_minor > 0
$$;

-- Ends a test and books its value, which until now would have told the amount.
CREATE FUNCTION meter_test_close(p_test meter_test, p_state text, p_at timestamptz) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  UPDATE meter_test SET state = p_state, ended_at = p_at
   WHERE organization_id = p_test.organization_id AND id = p_test.id AND state IN ('asked', 'issued');
  IF NOT FOUND THEN RAISE EXCEPTION 'meter test % is over', p_test.id; END IF;
  IF EXISTS (SELECT FROM meter_token WHERE organization_id = p_test.organization_id
    AND token_set_id = p_test.token_set_id) THEN
    PERFORM post_free_issue(p_test.organization_id, p_test.approval_id, p_test.value, p_at);
  END IF;
  DELETE FROM due_work WHERE organization_id = p_test.organization_id AND subject_id = p_test.id;
END $$;

-- approved → reserved. The approval is used here and nowhere else for a token.
CREATE FUNCTION issue_reserve(p_organization_id uuid, p jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  asked approval_request;
  served meter;
  under vending_key;
  reserved token_set;
  test meter_test;
  v_at timestamptz := (p->>'now')::timestamptz;
  v_value jsonb := nullif(p->'value', 'null'::jsonb);
  v_units int := (p->>'amountUnits')::int;
  v_token_id int;
  v_last int;
BEGIN
  PERFORM scope_to(p_organization_id);
  SELECT * INTO served FROM meter
   WHERE organization_id = p_organization_id AND id = (p->>'meterId')::uuid;
  IF NOT FOUND THEN RETURN jsonb_build_object('outcome', 'other-request'); END IF;
  SELECT * INTO STRICT under FROM vending_key
   WHERE organization_id = p_organization_id AND id = served.vending_key_id;
  v_last := lock_key_position(p_organization_id, served.id, under.id);
  SELECT * INTO asked FROM approval_request
   WHERE organization_id = p_organization_id AND id = (p->>'approvalId')::uuid FOR UPDATE;
  IF NOT FOUND OR asked.kind <> 'free-issue' THEN
    RETURN jsonb_build_object('outcome', 'not-approved');
  END IF;
  SELECT * INTO reserved FROM token_set
   WHERE organization_id = p_organization_id AND approval_id = asked.id;
  IF FOUND THEN RETURN jsonb_build_object('outcome', 'reserved', 'tokenSetId', reserved.id); END IF;
  IF asked.state <> 'approved' OR asked.decided_by IS NULL OR asked.decided_by = asked.requested_by THEN
    RETURN jsonb_build_object('outcome', 'not-approved');
  END IF;
  IF asked.expires_at <= v_at THEN RETURN jsonb_build_object('outcome', 'expired'); END IF;

  SELECT * INTO test FROM meter_test
   WHERE organization_id = p_organization_id AND approval_id = asked.id FOR UPDATE;
  IF asked.subject_kind <> 'meter' OR asked.subject_id <> served.id
    OR asked.request->>'meterId' IS DISTINCT FROM served.id::text OR v_units < 1
    OR asked.building_id IS DISTINCT FROM (v_value->>'buildingId')::uuid THEN
    RETURN jsonb_build_object('outcome', 'other-request');
  END IF;
  -- A test's amount is drawn by chance and known to nobody: what was approved is the most of it.
  IF asked.request->>'purpose' = 'meter-test' THEN
    IF test.id IS NULL OR test.state <> 'asked' OR test.meter_id <> served.id OR v_units > 50
      OR v_units * 100 > coalesce((asked.request->>'mostWh')::bigint, 0) THEN
      RETURN jsonb_build_object('outcome', 'other-request');
    END IF;
  ELSE
    IF test.id IS NOT NULL OR (asked.request->>'energyWh')::bigint IS DISTINCT FROM v_units::bigint * 100 THEN
      RETURN jsonb_build_object('outcome', 'other-request');
    END IF;
    IF is_contested(p_organization_id, served.meter_number) THEN
      RETURN jsonb_build_object('outcome', 'meter-contested');
    END IF;
    IF coalesce((v_value->>'energyMinor')::bigint, 0) < 1 OR NOT EXISTS (SELECT FROM meter_installation
      WHERE organization_id = p_organization_id AND meter_id = served.id AND starts_at <= v_at
        AND (ends_at IS NULL OR ends_at > v_at)) THEN
      RETURN jsonb_build_object('outcome', 'meter-not-in-use');
    END IF;
  END IF;
  IF served.status <> 'active' THEN RETURN jsonb_build_object('outcome', 'meter-blocked'); END IF;
  v_token_id := next_token_id(under, v_last, v_at);
  IF v_token_id IS NULL THEN RETURN jsonb_build_object('outcome', 'key-not-usable'); END IF;
  IF v_token_id = -1 THEN RETURN jsonb_build_object('outcome', 'waits-for-minute'); END IF;

  reserved.organization_id := p_organization_id;
  reserved.id := (p->>'tokenSetId')::uuid;
  reserved.approval_id := asked.id;
  reserved.created_at := v_at;
  PERFORM write_reservation(reserved, served, v_token_id, (p->>'randomNibble')::int, v_units);
  UPDATE approval_request SET state = 'used', used_at = v_at
   WHERE organization_id = p_organization_id AND id = asked.id;
  IF test.id IS NULL THEN
    PERFORM post_free_issue(p_organization_id, asked.id, v_value, v_at);
  ELSE
    UPDATE meter_test SET state = 'issued', issued_at = v_at, token_set_id = reserved.id, value = v_value
     WHERE organization_id = p_organization_id AND id = test.id;
    PERFORM follow_up(p_organization_id, test.id, 'due_work', 'meter.test-end', v_at + interval '72 hours');
  END IF;
  PERFORM follow_up(p_organization_id, asked.id, 'outbox', 'issue.issue', v_at + interval '5 seconds');
  RETURN jsonb_build_object('outcome', 'reserved', 'tokenSetId', reserved.id, 'isNew', true);
END $$;

-- reserved → issued. Refused without a journal entry of the signer for every token.
CREATE FUNCTION issue_finish(p_organization_id uuid, p jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  asked approval_request;
  v_set token_set;
BEGIN
  PERFORM scope_to(p_organization_id);
  SELECT * INTO STRICT asked FROM approval_request
   WHERE organization_id = p_organization_id AND id = (p->>'approvalId')::uuid FOR UPDATE;
  SELECT * INTO STRICT v_set FROM token_set
   WHERE organization_id = p_organization_id AND approval_id = asked.id;
  IF EXISTS (SELECT FROM meter_token WHERE organization_id = p_organization_id
    AND token_set_id = v_set.id) THEN
    RETURN jsonb_build_object('outcome', 'unchanged');
  END IF;
  PERFORM write_tokens(p_organization_id, v_set.id, p->'tokens', (p->>'now')::timestamptz);
  PERFORM follow_up(p_organization_id, asked.id, 'outbox', 'issue.issued', (p->>'now')::timestamptz);
  RETURN jsonb_build_object('outcome', 'issued');
END $$;

-- The signer has put on record that it refuses: what was posted is answered by its opposite.
CREATE FUNCTION issue_give_up(p_organization_id uuid, p jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  asked approval_request;
  v_set token_set;
  test meter_test;
  v_at timestamptz := (p->>'now')::timestamptz;
BEGIN
  PERFORM scope_to(p_organization_id);
  SELECT * INTO STRICT asked FROM approval_request
   WHERE organization_id = p_organization_id AND id = (p->>'approvalId')::uuid FOR UPDATE;
  SELECT * INTO STRICT v_set FROM token_set
   WHERE organization_id = p_organization_id AND approval_id = asked.id;
  IF NOT EXISTS (SELECT FROM journal_entry WHERE organization_id = p_organization_id
    AND token_set_id = v_set.id AND outcome = 'refused') THEN
    RAISE EXCEPTION 'approved issue % has no refusal on record: its token may exist', asked.id;
  END IF;
  SELECT * INTO test FROM meter_test WHERE organization_id = p_organization_id
    AND approval_id = asked.id AND state = 'issued';
  IF FOUND THEN PERFORM meter_test_close(test, 'void', v_at); END IF;
  IF NOT EXISTS (SELECT FROM ledger_transfer WHERE organization_id = p_organization_id
    AND correlation_id = asked.id AND credit_account = 'free_issues') THEN
    INSERT INTO ledger_transfer (organization_id, id, at, debit_account, credit_account, amount_minor,
      currency, reason, correlation_id, building_id, occupancy_id)
    SELECT organization_id, gen_random_uuid(), v_at, credit_account, debit_account, amount_minor,
      currency, p->>'reason', correlation_id, building_id, occupancy_id
      FROM ledger_transfer WHERE organization_id = p_organization_id AND correlation_id = asked.id;
  END IF;
  DELETE FROM outbox WHERE organization_id = p_organization_id AND subject_id = asked.id;
  RETURN jsonb_build_object('outcome', 'refused');
END $$;

-- ── Whose a number is ────────────────────────────────────────────────────────────────────────
CREATE FUNCTION lock_meter_number(p_meter_number text) RETURNS void
LANGUAGE sql SET search_path = pg_catalog, public AS $$
  SELECT pg_advisory_xact_lock(hashtextextended('meter number ' || p_meter_number, 0))
$$;

-- Freezes every other claim on a number, and plans that each organization is told. The work lies in
-- its own organization's rows, so the scope goes there and comes back.
CREATE FUNCTION contest_others(p_organization_id uuid, p_meter_number text, p_at timestamptz) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE other meter_directory;
BEGIN
  FOR other IN UPDATE meter_directory SET state = 'contested'
    WHERE meter_number = p_meter_number AND belongs_to <> p_organization_id RETURNING * LOOP
    PERFORM scope_to(other.belongs_to);
    PERFORM follow_up(other.belongs_to, other.meter_id, 'due_work', 'meter.contested', p_at);
  END LOOP;
  PERFORM scope_to(p_organization_id);
END $$;

-- Makes a claim the proved one. Under the number's lock.
CREATE FUNCTION meter_verify(p_organization_id uuid, p_meter_number text, p_at timestamptz) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  PERFORM contest_others(p_organization_id, p_meter_number, p_at);
  UPDATE meter_directory SET state = 'verified'
   WHERE meter_number = p_meter_number AND belongs_to = p_organization_id;
  IF NOT FOUND THEN RAISE EXCEPTION 'nobody claims % there', p_meter_number; END IF;
  UPDATE meter_wish SET state = 'closed' WHERE meter_number = p_meter_number AND state <> 'closed'
    AND belongs_to = p_organization_id;
END $$;

-- Puts a number into the directory. Unproved beside another unproved claim, both are contested; on a
-- number that somebody has proved the wish goes on record and the owner is left in peace. A number
-- is proved by saying so in practice alone, where there are no real meters.
CREATE FUNCTION meter_claim(p_organization_id uuid, p jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  v_number text := p->>'meterNumber';
  v_at timestamptz := (p->>'now')::timestamptz;
  v_state text;
BEGIN
  PERFORM scope_to(p_organization_id);
  PERFORM lock_meter_number(v_number);
  IF EXISTS (SELECT FROM meter_directory
    WHERE meter_number = v_number AND belongs_to = p_organization_id) THEN
    RETURN jsonb_build_object('outcome', 'already-claimed');
  END IF;
  IF EXISTS (SELECT FROM meter_directory WHERE meter_number = v_number AND state = 'verified') THEN
    INSERT INTO meter_wish (meter_number, belongs_to, state, wished_at)
    VALUES (v_number, p_organization_id, 'open', v_at)
    ON CONFLICT (meter_number, belongs_to) DO NOTHING;
    RETURN jsonb_build_object('outcome', 'proved-elsewhere');
  END IF;
  IF (p->>'isProved')::boolean THEN
    IF EXISTS (SELECT FROM installation_mode WHERE mode = 'production') THEN
      RAISE EXCEPTION 'a number is not proved by saying so';
    END IF;
    v_state := 'verified';
  ELSIF EXISTS (SELECT FROM meter_wish WHERE meter_number = v_number
    AND belongs_to = p_organization_id AND state = 'granted') THEN
    v_state := 'verified';
  ELSIF EXISTS (SELECT FROM meter_directory WHERE meter_number = v_number) THEN
    v_state := 'contested';
  ELSE
    v_state := 'claimed';
  END IF;
  INSERT INTO meter_directory (meter_number, belongs_to, meter_id, state, claimed_at)
  VALUES (v_number, p_organization_id, (p->>'meterId')::uuid, 'claimed', v_at);
  IF v_state = 'verified' THEN
    PERFORM meter_verify(p_organization_id, v_number, v_at);
  ELSIF v_state = 'contested' THEN
    PERFORM contest_others(p_organization_id, v_number, v_at);
    UPDATE meter_directory SET state = 'contested'
     WHERE meter_number = v_number AND belongs_to = p_organization_id;
  END IF;
  RETURN jsonb_build_object('outcome', v_state);
END $$;

-- The operator's word: for who claims the number, or for who wished for one that another has proved
-- (then it is frozen for the others, and proved when the organization registers the meter). Nobody
-- may call it: `npm run meters` does, as the owner of the database who takes this role for it.
CREATE FUNCTION meter_decide(p_organization_id uuid, p jsonb) RETURNS jsonb
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
  v_number text := p->>'meterNumber';
  v_at timestamptz := (p->>'now')::timestamptz;
  claim meter_directory;
BEGIN
  PERFORM scope_to(p_organization_id);
  PERFORM lock_meter_number(v_number);
  SELECT * INTO claim FROM meter_directory
   WHERE meter_number = v_number AND belongs_to = p_organization_id;
  -- His word answers every wish for the number.
  UPDATE meter_wish SET state = 'closed'
   WHERE meter_number = v_number AND belongs_to <> p_organization_id AND state <> 'closed';
  IF claim.state = 'verified' THEN
    RETURN jsonb_build_object('outcome', 'already-verified', 'meterId', claim.meter_id);
  ELSIF claim.state IS NOT NULL THEN
    PERFORM meter_verify(p_organization_id, v_number, v_at);
    RETURN jsonb_build_object('outcome', 'verified', 'meterId', claim.meter_id);
  END IF;
  UPDATE meter_wish SET state = 'granted'
   WHERE meter_number = v_number AND belongs_to = p_organization_id;
  IF NOT FOUND THEN RETURN jsonb_build_object('outcome', 'nothing-claimed'); END IF;
  PERFORM contest_others(p_organization_id, v_number, v_at);
  RETURN jsonb_build_object('outcome', 'granted');
END $$;

-- ── Proof by a test token ────────────────────────────────────────────────────────────────────
-- Begins a test under an approval that was just asked for. One at a time; after three tests that
-- were guessed wrong the operator decides.
CREATE FUNCTION meter_test_open(p_organization_id uuid, p jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  tested meter;
  test meter_test;
  v_at timestamptz := (p->>'now')::timestamptz;
BEGIN
  PERFORM scope_to(p_organization_id);
  SELECT * INTO tested FROM meter
   WHERE organization_id = p_organization_id AND id = (p->>'meterId')::uuid;
  IF NOT FOUND THEN RETURN jsonb_build_object('outcome', 'meter-not-found'); END IF;
  PERFORM lock_meter_number(tested.meter_number);
  IF EXISTS (SELECT FROM meter_directory WHERE meter_number = tested.meter_number
    AND belongs_to = p_organization_id AND state = 'verified') THEN
    RETURN jsonb_build_object('outcome', 'already-verified');
  END IF;
  IF EXISTS (SELECT FROM meter_directory WHERE meter_number = tested.meter_number AND state = 'verified') THEN
    RETURN jsonb_build_object('outcome', 'proved-elsewhere');
  END IF;
  SELECT * INTO test FROM meter_test WHERE organization_id = p_organization_id
    AND meter_id = tested.id AND state IN ('asked', 'issued');
  IF FOUND THEN
    IF test.state = 'issued' OR EXISTS (SELECT FROM approval_request
      WHERE organization_id = p_organization_id AND id = test.approval_id
        AND state IN ('waiting', 'approved') AND expires_at > v_at) THEN
      RETURN jsonb_build_object('outcome', 'test-under-way');
    END IF;
    PERFORM meter_test_close(test, 'void', v_at);
  END IF;
  IF 3 <= (SELECT count(*) FROM meter_test WHERE organization_id = p_organization_id
    AND meter_id = tested.id AND state = 'void' AND tries = 3) THEN
    RETURN jsonb_build_object('outcome', 'tests-used-up');
  END IF;
  INSERT INTO meter_test (organization_id, id, meter_id, approval_id, state, asked_at)
  VALUES (p_organization_id, (p->>'testId')::uuid, tested.id, (p->>'approvalId')::uuid, 'asked', v_at);
  RETURN jsonb_build_object('outcome', 'opened');
END $$;

-- By how much the meter's credit rose. Compared here, so that the amount need not leave the database.
CREATE FUNCTION meter_test_answer(p_organization_id uuid, p jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  tested meter;
  test meter_test;
  v_at timestamptz := (p->>'now')::timestamptz;
BEGIN
  PERFORM scope_to(p_organization_id);
  SELECT * INTO tested FROM meter
   WHERE organization_id = p_organization_id AND id = (p->>'meterId')::uuid;
  IF NOT FOUND THEN RETURN jsonb_build_object('outcome', 'not-open'); END IF;
  PERFORM lock_meter_number(tested.meter_number);
  SELECT * INTO test FROM meter_test WHERE organization_id = p_organization_id
    AND id = (p->>'testId')::uuid AND meter_id = tested.id FOR UPDATE;
  IF NOT FOUND OR test.state <> 'issued' OR NOT EXISTS (SELECT FROM meter_token
    WHERE organization_id = p_organization_id AND token_set_id = test.token_set_id) THEN
    RETURN jsonb_build_object('outcome', 'not-open');
  END IF;
  IF test.issued_at + interval '72 hours' <= v_at THEN
    PERFORM meter_test_close(test, 'void', v_at);
    RETURN jsonb_build_object('outcome', 'too-late');
  END IF;
  UPDATE meter_test SET tries = tries + 1
   WHERE organization_id = p_organization_id AND id = test.id RETURNING * INTO test;
  IF (p->>'amountUnits')::bigint = (SELECT sum(amount_units) FROM token_reservation
    WHERE organization_id = p_organization_id AND token_set_id = test.token_set_id) THEN
    PERFORM meter_test_close(test, 'passed', v_at);
    IF EXISTS (SELECT FROM meter_directory WHERE meter_number = tested.meter_number
      AND state = 'verified' AND belongs_to <> p_organization_id) THEN
      INSERT INTO meter_wish (meter_number, belongs_to, state, wished_at)
      VALUES (tested.meter_number, p_organization_id, 'open', v_at)
      ON CONFLICT (meter_number, belongs_to) DO UPDATE SET state = 'open';
      RETURN jsonb_build_object('outcome', 'proved-elsewhere');
    END IF;
    PERFORM meter_verify(p_organization_id, tested.meter_number, v_at);
    RETURN jsonb_build_object('outcome', 'verified');
  END IF;
  IF test.tries >= 3 THEN
    PERFORM meter_test_close(test, 'void', v_at);
    RETURN jsonb_build_object('outcome', 'void');
  END IF;
  RETURN jsonb_build_object('outcome', 'wrong', 'triesLeft', 3 - test.tries);
END $$;

-- Ends a test that nobody answered in time. Harmless for one that is over.
CREATE FUNCTION meter_test_end(p_organization_id uuid, p jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE test meter_test;
BEGIN
  PERFORM scope_to(p_organization_id);
  SELECT * INTO test FROM meter_test WHERE organization_id = p_organization_id
    AND id = (p->>'testId')::uuid FOR UPDATE;
  IF test.state = 'issued' AND test.issued_at + interval '72 hours' <= (p->>'now')::timestamptz THEN
    PERFORM meter_test_close(test, 'void', (p->>'now')::timestamptz);
  END IF;
  RETURN jsonb_build_object('outcome', 'ended');
END $$;

-- Hand the new ones over, as in the first functions' migration.
DO $$
DECLARE f regprocedure;
BEGIN
  FOR f IN SELECT p.oid::regprocedure FROM pg_proc p
    WHERE p.pronamespace = 'public'::regnamespace AND pg_get_userbyid(p.proowner) = current_user
      AND p.prolang <> (SELECT oid FROM pg_language WHERE lanname = 'c')
  LOOP
    EXECUTE format('ALTER FUNCTION %s OWNER TO voltlet_vend', f);
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', f);
  END LOOP;
END $$;
GRANT EXECUTE ON FUNCTION issue_reserve(uuid, jsonb), issue_finish(uuid, jsonb),
  issue_give_up(uuid, jsonb), meter_claim(uuid, jsonb), meter_test_open(uuid, jsonb),
  meter_test_answer(uuid, jsonb), meter_test_end(uuid, jsonb) TO voltlet_web, voltlet_worker;
REVOKE CREATE ON SCHEMA public FROM voltlet_vend;
REVOKE voltlet_vend FROM CURRENT_USER;
