-- A payment's own life (docs/decisions/029-payments.md): money that comes without a purchase, what
-- became of it, a person's queue, disputes; and the accounts with providers, sealed.

-- ── Tables ───────────────────────────────────────────────────────────────────────────────────
ALTER TABLE payment
  ALTER COLUMN attempt_id DROP NOT NULL,
  ALTER COLUMN purchase_id DROP NOT NULL,
  ADD COLUMN endpoint_id uuid,
  ADD COLUMN occupancy_id uuid,
  ADD COLUMN account text,
  ADD COLUMN payer text;
ALTER TABLE payment_attempt
  ADD COLUMN meter_id uuid,
  ADD COLUMN checkout_reference text,
  ADD COLUMN payer_hash text,
  ADD COLUMN address_hash text;
-- Money that nobody could match belongs to no building yet.
ALTER TABLE ledger_transfer
  ALTER COLUMN building_id DROP NOT NULL,
  ALTER COLUMN occupancy_id DROP NOT NULL;

CREATE TABLE payment_event (
  organization_id uuid NOT NULL,
  payment_id uuid NOT NULL,
  sequence int NOT NULL,
  from_status text,
  to_status text NOT NULL,
  at timestamptz(3) NOT NULL,
  reason text NOT NULL,
  CONSTRAINT payment_event_pkey PRIMARY KEY (organization_id, payment_id, sequence)
);
CREATE TABLE payment_case (
  organization_id uuid NOT NULL,
  id uuid NOT NULL,
  kind text NOT NULL,
  payment_id uuid NOT NULL,
  facts jsonb NOT NULL,
  opened_at timestamptz(3) NOT NULL,
  state text NOT NULL,
  decided_by uuid,
  decided_at timestamptz(3),
  decision text,
  CONSTRAINT payment_case_pkey PRIMARY KEY (organization_id, id)
);
CREATE TABLE payment_dispute (
  organization_id uuid NOT NULL,
  id uuid NOT NULL,
  payment_id uuid NOT NULL,
  provider text NOT NULL,
  dispute_reference text NOT NULL,
  amount_minor bigint NOT NULL,
  currency char(3) NOT NULL,
  payment_was text NOT NULL,
  lease_id uuid,
  state text NOT NULL,
  opened_at timestamptz(3) NOT NULL,
  closed_at timestamptz(3),
  CONSTRAINT payment_dispute_pkey PRIMARY KEY (organization_id, id)
);
CREATE TABLE payment_account (
  organization_id uuid NOT NULL,
  endpoint_id uuid NOT NULL,
  provider text NOT NULL,
  label text NOT NULL,
  settings jsonb NOT NULL,
  version int NOT NULL,
  nonce bytea NOT NULL,
  sealed bytea NOT NULL,
  last_four text NOT NULL,
  state text NOT NULL,
  changed_at timestamptz(3) NOT NULL,
  changed_by uuid NOT NULL,
  CONSTRAINT payment_account_pkey PRIMARY KEY (organization_id, endpoint_id)
);

CREATE INDEX payment_received ON payment (organization_id, received_at DESC, id DESC);
CREATE INDEX payment_case_open ON payment_case (organization_id, opened_at) WHERE state = 'open';
CREATE INDEX payment_case_payment ON payment_case (organization_id, payment_id);
CREATE INDEX payment_dispute_payment ON payment_dispute (organization_id, payment_id);
CREATE UNIQUE INDEX payment_dispute_once
  ON payment_dispute (organization_id, provider, dispute_reference);
CREATE INDEX payment_attempt_checkout
  ON payment_attempt (organization_id, endpoint_id, checkout_reference)
  WHERE checkout_reference IS NOT NULL;
CREATE INDEX payment_attempt_meter ON payment_attempt (organization_id, meter_id, created_at);
CREATE INDEX payment_attempt_payer ON payment_attempt (organization_id, payer_hash, created_at)
  WHERE payer_hash IS NOT NULL;
CREATE INDEX payment_attempt_address ON payment_attempt (organization_id, address_hash, created_at)
  WHERE address_hash IS NOT NULL;

ALTER TABLE payment_event ADD CONSTRAINT payment_event_payment_fkey
  FOREIGN KEY (organization_id, payment_id) REFERENCES payment (organization_id, id)
  ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE payment_case ADD CONSTRAINT payment_case_payment_fkey
  FOREIGN KEY (organization_id, payment_id) REFERENCES payment (organization_id, id)
  ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE payment_dispute ADD CONSTRAINT payment_dispute_payment_fkey
  FOREIGN KEY (organization_id, payment_id) REFERENCES payment (organization_id, id)
  ON DELETE RESTRICT ON UPDATE RESTRICT;

-- ── Rules ────────────────────────────────────────────────────────────────────────────────────
-- Both generated from lib/payments/core/payment-states.ts, compared by its test.
ALTER TABLE payment DROP CONSTRAINT payment_status_known;
ALTER TABLE payment
  ADD CONSTRAINT payment_status_known CHECK (status IN ('received', 'matched', 'applied',
    'on_account', 'refunding', 'refunded', 'written_down', 'disputed', 'charged_back')),
  ADD CONSTRAINT payment_matched_has_purchase CHECK (status NOT IN ('matched', 'applied')
    OR purchase_id IS NOT NULL),
  ADD CONSTRAINT payment_account_length CHECK (length(account) <= 100),
  ADD CONSTRAINT payment_payer_length CHECK (length(payer) <= 100);
ALTER TABLE payment_event ADD CONSTRAINT payment_event_transition_legal CHECK (
  (from_status IS NULL AND to_status IN ('received', 'matched', 'on_account') AND sequence = 1)
  OR (from_status || '>' || to_status) IN (
    'received>on_account', 'received>refunding', 'received>written_down',
    'matched>applied', 'matched>refunding',
    'applied>refunding', 'on_account>refunding', 'refunding>refunded',
    'received>disputed', 'matched>disputed', 'applied>disputed', 'on_account>disputed',
    'refunding>disputed', 'refunded>disputed', 'written_down>disputed',
    'disputed>received', 'disputed>matched', 'disputed>applied', 'disputed>on_account',
    'disputed>refunding', 'disputed>refunded', 'disputed>written_down',
    'disputed>charged_back'));
ALTER TABLE payment_case
  ADD CONSTRAINT payment_case_kind_known CHECK (kind IN ('unmatched', 'refund-by-hand')),
  ADD CONSTRAINT payment_case_state_known CHECK (state IN ('open', 'decided')),
  ADD CONSTRAINT payment_case_decision_known CHECK (decision IN ('wallet', 'refund',
    'refunded-by-hand', 'write-down')),
  ADD CONSTRAINT payment_case_decided_whole CHECK ((state = 'decided') = (decided_at IS NOT NULL)
    AND (state = 'decided') = (decision IS NOT NULL));
ALTER TABLE payment_dispute
  ADD CONSTRAINT payment_dispute_state_known CHECK (state IN ('open', 'won', 'lost')),
  ADD CONSTRAINT payment_dispute_amount_positive CHECK (amount_minor > 0),
  ADD CONSTRAINT payment_dispute_closed_whole CHECK ((state = 'open') = (closed_at IS NULL));
ALTER TABLE payment_account
  ADD CONSTRAINT payment_account_state_known CHECK (state IN ('waiting', 'active', 'off')),
  ADD CONSTRAINT payment_account_last_four_form CHECK (length(last_four) <= 4),
  ADD CONSTRAINT payment_account_nonce_length CHECK (length(nonce) = 24);

ALTER TABLE ledger_transfer
  DROP CONSTRAINT IF EXISTS ledger_transfer_debit_known,
  DROP CONSTRAINT IF EXISTS ledger_transfer_credit_known;
ALTER TABLE ledger_transfer
  ADD CONSTRAINT ledger_transfer_debit_known CHECK (debit_account IN ('provider_clearing',
    'customer_unallocated', 'vend_pending', 'landlord_payable', 'tax_payable', 'fee_income',
    'arrears_receivable', 'deposits_held', 'wallet', 'cash_drawer', 'refunds_payable', 'disputes',
    'suspense', 'free_issues', 'opening')),
  ADD CONSTRAINT ledger_transfer_credit_known CHECK (credit_account IN ('provider_clearing',
    'customer_unallocated', 'vend_pending', 'landlord_payable', 'tax_payable', 'fee_income',
    'arrears_receivable', 'deposits_held', 'wallet', 'cash_drawer', 'refunds_payable', 'disputes',
    'suspense', 'free_issues', 'opening'));
ALTER TABLE due_work DROP CONSTRAINT due_work_kind_known;
ALTER TABLE due_work ADD CONSTRAINT due_work_kind_known CHECK (kind IN
  ('payment.poll', 'purchase.vend', 'payment.refund', 'payment.return', 'practice.callback',
   'audit.chain', 'meter.contested', 'meter.test-end', 'lease.ended', 'meter.rollup',
   'building.rollup', 'import.apply'));

-- ── Policies and grants ──────────────────────────────────────────────────────────────────────
DO $$
DECLARE
  owned text;
  own_rows constant text := 'organization_id = current_setting(''voltlet.organization_id'')::uuid';
BEGIN
  FOREACH owned IN ARRAY ARRAY['payment_event', 'payment_case', 'payment_dispute',
    'payment_account'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', owned);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', owned);
    EXECUTE format('CREATE POLICY one_organization ON %I TO voltlet_web, voltlet_worker, voltlet_vend '
      'USING (%s) WITH CHECK (%s)', owned, own_rows, own_rows);
  END LOOP;
END $$;
GRANT SELECT ON payment_event, payment_case, payment_dispute, payment_account
  TO voltlet_web, voltlet_worker;
GRANT INSERT ON payment_account TO voltlet_web;
-- Credentials are never changed: new ones are a new account, and the old one is switched off.
GRANT UPDATE (state, changed_at, changed_by) ON payment_account TO voltlet_web;
GRANT SELECT, INSERT ON payment_event TO voltlet_vend;
GRANT SELECT, INSERT, UPDATE ON payment_case, payment_dispute TO voltlet_vend;
GRANT UPDATE ON payment_attempt TO voltlet_vend;

-- ── Functions ────────────────────────────────────────────────────────────────────────────────
GRANT voltlet_vend TO CURRENT_USER;
GRANT CREATE ON SCHEMA public TO voltlet_vend;

-- Moves a payment on, only from the state it is believed to be in, and writes the event.
CREATE FUNCTION payment_advance(p_organization_id uuid, p_payment_id uuid, p_from text, p_to text,
  p_at timestamptz, p_reason text) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  UPDATE payment SET status = p_to
   WHERE organization_id = p_organization_id AND id = p_payment_id AND status = p_from;
  IF NOT FOUND THEN RAISE EXCEPTION 'payment % is not %', p_payment_id, p_from; END IF;
  INSERT INTO payment_event (organization_id, payment_id, sequence, from_status, to_status, at, reason)
  SELECT p_organization_id, p_payment_id, coalesce(max(sequence), 0) + 1, p_from, p_to, p_at, p_reason
    FROM payment_event
   WHERE organization_id = p_organization_id AND payment_id = p_payment_id;
END $$;

-- The same for every payment of a purchase that is in one of these states.
CREATE FUNCTION payments_advance(p_organization_id uuid, p_purchase_id uuid, p_from text[], p_to text,
  p_at timestamptz, p_reason text) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE paid payment;
BEGIN
  FOR paid IN SELECT * FROM payment WHERE organization_id = p_organization_id
    AND purchase_id = p_purchase_id AND status = ANY (p_from) FOR UPDATE LOOP
    PERFORM payment_advance(p_organization_id, paid.id, paid.status, p_to, p_at, p_reason);
  END LOOP;
END $$;

-- Posts one movement of a payment that is about no purchase.
CREATE FUNCTION post_payment(p_payment payment, p_debit text, p_credit text, p_amount_minor bigint,
  p_reason text, p_at timestamptz, p_occupancy_id uuid DEFAULT NULL, p_building_id uuid DEFAULT NULL,
  p_lease_id uuid DEFAULT NULL) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE m ledger_transfer;
BEGIN
  m.organization_id := p_payment.organization_id;
  m.at := p_at;
  m.debit_account := p_debit;
  m.credit_account := p_credit;
  m.amount_minor := p_amount_minor;
  m.currency := p_payment.currency;
  m.reason := p_reason;
  m.correlation_id := p_payment.id;
  m.building_id := p_building_id;
  m.occupancy_id := p_occupancy_id;
  m.lease_id := p_lease_id;
  m.payment_id := p_payment.id;
  PERFORM post_movement(m);
END $$;

-- quoted → awaiting_payment. A second click finds the attempt of the first; another way to pay is
-- another attempt. Refused beyond what one meter, payer or address may begin in a while.
CREATE OR REPLACE FUNCTION purchase_start_payment(p_organization_id uuid, p jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  bought purchase;
  attempt payment_attempt;
  v_at timestamptz := (p->>'now')::timestamptz;
  v_since timestamptz := v_at - make_interval(secs => (p->'limits'->>'windowSeconds')::int);
  v_expires_at timestamptz;
BEGIN
  PERFORM scope_to(p_organization_id);
  SELECT * INTO STRICT bought FROM purchase
   WHERE organization_id = p_organization_id AND id = (p->>'purchaseId')::uuid FOR UPDATE;
  IF bought.status NOT IN ('quoted', 'awaiting_payment') THEN
    RETURN jsonb_build_object('outcome', 'not-payable', 'status', bought.status);
  END IF;
  SELECT * INTO attempt FROM payment_attempt
   WHERE organization_id = p_organization_id AND purchase_id = bought.id
     AND endpoint_id = (p->>'endpointId')::uuid ORDER BY created_at LIMIT 1;
  IF NOT FOUND THEN
    IF bought.status = 'quoted' THEN
      SELECT expires_at INTO STRICT v_expires_at FROM quote
       WHERE organization_id = p_organization_id AND id = bought.quote_id;
      IF v_expires_at <= v_at THEN
        PERFORM purchase_advance(p_organization_id, bought.id, 'quoted', 'expired', v_at, 'the price was no longer valid');
        RETURN jsonb_build_object('outcome', 'quote-expired');
      END IF;
    END IF;
    IF (SELECT count(*) FROM payment_attempt WHERE organization_id = p_organization_id
      AND meter_id = bought.meter_id AND created_at > v_since) >= (p->'limits'->>'perMeter')::int THEN
      RETURN jsonb_build_object('outcome', 'too-many', 'by', 'meter');
    ELSIF (SELECT count(*) FROM payment_attempt WHERE organization_id = p_organization_id
      AND payer_hash = p->>'payerHash' AND created_at > v_since) >= (p->'limits'->>'perPayer')::int THEN
      RETURN jsonb_build_object('outcome', 'too-many', 'by', 'payer');
    ELSIF (SELECT count(*) FROM payment_attempt WHERE organization_id = p_organization_id
      AND address_hash = p->>'addressHash' AND created_at > v_since) >= (p->'limits'->>'perAddress')::int THEN
      RETURN jsonb_build_object('outcome', 'too-many', 'by', 'address');
    END IF;
    INSERT INTO payment_attempt (organization_id, id, purchase_id, endpoint_id, amount_minor, currency,
      created_at, meter_id, payer_hash, address_hash)
    VALUES (p_organization_id, (p->>'attemptId')::uuid, bought.id, (p->>'endpointId')::uuid,
      bought.amount_minor, bought.currency, v_at, bought.meter_id, p->>'payerHash', p->>'addressHash')
    RETURNING * INTO attempt;
    IF bought.status = 'quoted' THEN
      PERFORM purchase_advance(p_organization_id, bought.id, 'quoted', 'awaiting_payment', v_at, 'went to pay');
    END IF;
    PERFORM follow_up(p_organization_id, bought.id, 'due_work', 'payment.poll', v_at + interval '20 seconds');
  END IF;
  RETURN jsonb_build_object('outcome', 'started', 'attemptId', attempt.id,
    'amountMinor', attempt.amount_minor::text, 'currency', attempt.currency,
    'checkoutReference', attempt.checkout_reference);
END $$;

-- What the provider calls an attempt. The first name stands; "pending:…" is who is asking just now,
-- and gives way to the name, or to nothing where the provider would not have it.
CREATE FUNCTION payment_attempt_named(p_organization_id uuid, p jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  v_name text := p->>'checkoutReference';
  v_stands text;
BEGIN
  PERFORM scope_to(p_organization_id);
  UPDATE payment_attempt SET checkout_reference = CASE
      WHEN checkout_reference IS NULL OR (checkout_reference LIKE 'pending:%'
        AND (v_name IS NULL OR v_name NOT LIKE 'pending:%')) THEN v_name
      ELSE checkout_reference END
   WHERE organization_id = p_organization_id AND id = (p->>'attemptId')::uuid
   RETURNING checkout_reference INTO v_stands;
  RETURN jsonb_build_object('checkoutReference', v_stands);
END $$;

-- The receipt of money, booked here and once for each reference of the provider. It pays its
-- purchase; a purchase that was paid before leaves it on account; money that fits no purchase is
-- booked to suspense and waits for a person.
CREATE OR REPLACE FUNCTION payment_record(p_organization_id uuid, p jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  bought purchase;
  attempt payment_attempt;
  known provider_payment;
  booked payment;
  v_at timestamptz := (p->>'now')::timestamptz;
  v_why text := p->>'why';
  v_asked bigint;
  v_pays boolean;
BEGIN
  PERFORM scope_to(p_organization_id);
  IF p->>'attemptId' IS NOT NULL THEN
    SELECT * INTO attempt FROM payment_attempt
     WHERE organization_id = p_organization_id AND id = (p->>'attemptId')::uuid;
    IF NOT FOUND THEN RETURN jsonb_build_object('outcome', 'attempt-not-found'); END IF;
  END IF;
  SELECT * INTO bought FROM purchase WHERE organization_id = p_organization_id
    AND id = coalesce(attempt.purchase_id, (p->>'purchaseId')::uuid) FOR UPDATE;
  v_asked := coalesce(attempt.amount_minor, bought.amount_minor);

  INSERT INTO provider_payment (provider, provider_reference, belongs_to, payment_id)
  VALUES (p->>'provider', p->>'providerReference', p_organization_id, (p->>'paymentId')::uuid)
  ON CONFLICT (provider, provider_reference) DO NOTHING;
  IF NOT FOUND THEN
    SELECT * INTO STRICT known FROM provider_payment
     WHERE provider = p->>'provider' AND provider_reference = p->>'providerReference';
    IF known.belongs_to <> p_organization_id THEN
      RETURN jsonb_build_object('outcome', 'attempt-not-found');
    END IF;
    IF bought.id IS NULL THEN
      SELECT b.* INTO bought FROM payment m JOIN purchase b
        ON b.organization_id = m.organization_id AND b.id = m.purchase_id
       WHERE m.organization_id = p_organization_id AND m.id = known.payment_id;
    END IF;
    RETURN jsonb_build_object('outcome', 'known', 'paymentId', known.payment_id,
      'purchaseId', bought.id, 'status', bought.status);
  END IF;

  booked.organization_id := p_organization_id;
  booked.id := (p->>'paymentId')::uuid;
  booked.attempt_id := attempt.id;
  booked.provider := p->>'provider';
  booked.provider_reference := p->>'providerReference';
  booked.amount_minor := (p->>'amountMinor')::bigint;
  booked.currency := p->>'currency';
  booked.received_at := v_at;
  booked.endpoint_id := coalesce(attempt.endpoint_id, (p->>'endpointId')::uuid);
  booked.account := p->>'account';
  booked.payer := p->>'payer';
  v_why := CASE WHEN bought.id IS NULL THEN coalesce(v_why, 'no-purchase')
    WHEN booked.currency <> bought.currency THEN 'other-currency'
    WHEN booked.amount_minor <> v_asked THEN 'other-amount' END;
  IF v_why IS NOT NULL THEN
    booked.status := 'received';
    INSERT INTO payment SELECT booked.*;
    INSERT INTO payment_event VALUES (p_organization_id, booked.id, 1, NULL, 'received', v_at, v_why);
    PERFORM post_payment(booked, 'provider_clearing', 'suspense', booked.amount_minor, 'payment.unmatched', v_at);
    INSERT INTO payment_case (organization_id, id, kind, payment_id, facts, opened_at, state)
    VALUES (p_organization_id, (p->>'caseId')::uuid, 'unmatched', booked.id, jsonb_strip_nulls(
      jsonb_build_object('why', v_why, 'purchaseId', bought.id, 'askedMinor', v_asked::text,
        'askedCurrency', bought.currency)), v_at, 'open');
    RETURN jsonb_build_object('outcome', 'unmatched', 'paymentId', booked.id,
      'purchaseId', bought.id, 'status', bought.status);
  END IF;

  v_pays := bought.status IN ('quoted', 'awaiting_payment', 'expired', 'declined');
  booked.purchase_id := bought.id;
  booked.occupancy_id := bought.occupancy_id;
  booked.status := CASE WHEN v_pays THEN 'matched' ELSE 'on_account' END;
  INSERT INTO payment SELECT booked.*;
  INSERT INTO payment_event VALUES (p_organization_id, booked.id, 1, NULL, booked.status, v_at,
    CASE WHEN v_pays THEN 'pays its purchase' ELSE 'its purchase was paid before' END);
  PERFORM post_transfer(bought, 'provider_clearing', 'customer_unallocated', booked.amount_minor, 'payment.received', v_at);
  IF NOT v_pays THEN
    PERFORM post_transfer(bought, 'customer_unallocated', 'wallet', booked.amount_minor, 'payment.twice', v_at);
    UPDATE wallet SET balance_minor = balance_minor + booked.amount_minor
     WHERE organization_id = p_organization_id AND occupancy_id = bought.occupancy_id;
    RETURN jsonb_build_object('outcome', 'on-account', 'paymentId', booked.id,
      'purchaseId', bought.id, 'status', bought.status);
  END IF;
  IF bought.status = 'quoted' THEN
    PERFORM purchase_advance(p_organization_id, bought.id, 'quoted', 'awaiting_payment', v_at, 'the money came by itself');
    bought.status := 'awaiting_payment';
  END IF;
  UPDATE purchase SET paid_at = v_at WHERE organization_id = p_organization_id AND id = bought.id;
  PERFORM purchase_advance(p_organization_id, bought.id, bought.status, 'paid', v_at, 'the provider confirmed the payment');
  PERFORM follow_up(p_organization_id, bought.id, 'outbox', 'purchase.vend', v_at + interval '5 seconds');
  RETURN jsonb_build_object('outcome', 'paid', 'paymentId', booked.id,
    'purchaseId', bought.id, 'status', 'paid');
END $$;

-- refund_due → refunded, once the provider has confirmed it, or somebody who did it by hand.
CREATE OR REPLACE FUNCTION payment_refunded(p_organization_id uuid, p jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  bought purchase;
  v_at timestamptz := (p->>'now')::timestamptz;
  v_reason text := coalesce(p->>'reason', 'the provider paid it back');
BEGIN
  PERFORM scope_to(p_organization_id);
  SELECT * INTO STRICT bought FROM purchase
   WHERE organization_id = p_organization_id AND id = (p->>'purchaseId')::uuid FOR UPDATE;
  IF bought.status <> 'refund_due' THEN
    RETURN jsonb_build_object('outcome', 'unchanged', 'status', bought.status);
  END IF;
  PERFORM post_transfer(bought, 'refunds_payable', 'provider_clearing', bought.amount_minor, 'refund.paid', v_at);
  PERFORM payments_advance(p_organization_id, bought.id, ARRAY['refunding'], 'refunded', v_at, v_reason);
  DELETE FROM due_work WHERE organization_id = p_organization_id AND subject_id = bought.id;
  PERFORM purchase_advance(p_organization_id, bought.id, 'refund_due', 'refunded', v_at, v_reason);
  RETURN jsonb_build_object('outcome', 'refunded', 'status', 'refunded');
END $$;

-- Money that fitted no purchase went back: refunding → refunded.
CREATE FUNCTION payment_returned(p_organization_id uuid, p jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  booked payment;
  v_at timestamptz := (p->>'now')::timestamptz;
BEGIN
  PERFORM scope_to(p_organization_id);
  SELECT * INTO STRICT booked FROM payment
   WHERE organization_id = p_organization_id AND id = (p->>'paymentId')::uuid FOR UPDATE;
  IF booked.status <> 'refunding' OR booked.purchase_id IS NOT NULL THEN
    RETURN jsonb_build_object('outcome', 'unchanged', 'status', booked.status);
  END IF;
  PERFORM post_payment(booked, 'refunds_payable', 'provider_clearing', booked.amount_minor, 'refund.paid', v_at);
  PERFORM payment_advance(p_organization_id, booked.id, 'refunding', 'refunded', v_at,
    coalesce(p->>'reason', 'the provider paid it back'));
  RETURN jsonb_build_object('outcome', 'refunded', 'status', 'refunded');
END $$;

-- A person's queue: one open case of a kind for a payment.
CREATE FUNCTION payment_case_open(p_organization_id uuid, p jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  PERFORM scope_to(p_organization_id);
  PERFORM FROM payment WHERE organization_id = p_organization_id AND id = (p->>'paymentId')::uuid FOR UPDATE;
  IF NOT EXISTS (SELECT FROM payment_case WHERE organization_id = p_organization_id
    AND payment_id = (p->>'paymentId')::uuid AND kind = p->>'kind' AND state = 'open') THEN
    INSERT INTO payment_case (organization_id, id, kind, payment_id, facts, opened_at, state)
    VALUES (p_organization_id, (p->>'caseId')::uuid, p->>'kind', (p->>'paymentId')::uuid,
      p->'facts', (p->>'now')::timestamptz, 'open');
  END IF;
  RETURN jsonb_build_object('outcome', 'open');
END $$;

-- What a person decided, once.
CREATE FUNCTION payment_case_decide(p_organization_id uuid, p jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  v_case payment_case;
  booked payment;
  v_decision text := p->>'decision';
  v_at timestamptz := (p->>'now')::timestamptz;
BEGIN
  PERFORM scope_to(p_organization_id);
  SELECT * INTO v_case FROM payment_case
   WHERE organization_id = p_organization_id AND id = (p->>'caseId')::uuid FOR UPDATE;
  IF NOT FOUND THEN RETURN jsonb_build_object('outcome', 'case-not-found'); END IF;
  IF v_case.state <> 'open' THEN RETURN jsonb_build_object('outcome', 'already-decided'); END IF;
  SELECT * INTO STRICT booked FROM payment
   WHERE organization_id = p_organization_id AND id = v_case.payment_id FOR UPDATE;
  IF (v_case.kind = 'unmatched') <> (v_decision <> 'refunded-by-hand')
    OR booked.status <> (CASE v_case.kind WHEN 'unmatched' THEN 'received' ELSE 'refunding' END) THEN
    RETURN jsonb_build_object('outcome', 'not-possible');
  END IF;
  IF v_decision = 'wallet' THEN
    UPDATE wallet w SET balance_minor = w.balance_minor + booked.amount_minor
     WHERE w.organization_id = p_organization_id AND w.occupancy_id = (p->>'occupancyId')::uuid;
    IF NOT FOUND THEN RETURN jsonb_build_object('outcome', 'occupancy-not-found'); END IF;
    UPDATE payment SET occupancy_id = (p->>'occupancyId')::uuid
     WHERE organization_id = p_organization_id AND id = booked.id;
    PERFORM post_payment(booked, 'suspense', 'wallet', booked.amount_minor, 'payment.assigned', v_at,
      (p->>'occupancyId')::uuid, (p->>'buildingId')::uuid);
    PERFORM payment_advance(p_organization_id, booked.id, 'received', 'on_account', v_at, 'a person gave it to a household');
  ELSIF v_decision = 'refund' THEN
    PERFORM post_payment(booked, 'suspense', 'refunds_payable', booked.amount_minor, 'refund.due', v_at);
    PERFORM payment_advance(p_organization_id, booked.id, 'received', 'refunding', v_at, 'a person sends it back');
    PERFORM follow_up(p_organization_id, booked.id, 'due_work', 'payment.return', v_at);
  ELSIF v_decision = 'write-down' THEN
    PERFORM post_payment(booked, 'suspense', 'provider_clearing', booked.amount_minor, 'correction', v_at);
    PERFORM payment_advance(p_organization_id, booked.id, 'received', 'written_down', v_at, 'a person wrote it down');
  ELSIF booked.purchase_id IS NULL THEN
    PERFORM payment_returned(p_organization_id, jsonb_build_object('paymentId', booked.id,
      'now', p->>'now', 'reason', 'a person paid it back'));
  ELSE
    PERFORM payment_refunded(p_organization_id, jsonb_build_object('purchaseId', booked.purchase_id,
      'now', p->>'now', 'reason', 'a person paid it back'));
  END IF;
  UPDATE payment_case SET state = 'decided', decision = v_decision, decided_at = v_at,
    decided_by = (p->>'decidedBy')::uuid
   WHERE organization_id = p_organization_id AND id = v_case.id;
  RETURN jsonb_build_object('outcome', 'decided', 'paymentId', booked.id);
END $$;

-- A dispute as its provider tells it: open, then won or lost, in any order and repeatedly. What is
-- lost is owed by the lease that bought, never by who lives there later.
CREATE FUNCTION payment_dispute_told(p_organization_id uuid, p jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  booked payment;
  bought purchase;
  told payment_dispute;
  v_at timestamptz := (p->>'now')::timestamptz;
  v_amount bigint := (p->>'amountMinor')::bigint;
  v_back text;
BEGIN
  PERFORM scope_to(p_organization_id);
  SELECT m.* INTO booked FROM provider_payment k JOIN payment m
    ON m.organization_id = p_organization_id AND m.id = k.payment_id
   WHERE k.provider = p->>'provider' AND k.provider_reference = p->>'providerReference'
     AND k.belongs_to = p_organization_id FOR UPDATE OF m;
  IF NOT FOUND THEN RETURN jsonb_build_object('outcome', 'payment-not-found'); END IF;
  IF booked.currency <> p->>'currency' OR v_amount > booked.amount_minor THEN
    RETURN jsonb_build_object('outcome', 'amount-differs');
  END IF;
  SELECT * INTO bought FROM purchase
   WHERE organization_id = p_organization_id AND id = booked.purchase_id;
  INSERT INTO payment_dispute (organization_id, id, payment_id, provider, dispute_reference,
    amount_minor, currency, payment_was, lease_id, state, opened_at)
  VALUES (p_organization_id, (p->>'disputeId')::uuid, booked.id, booked.provider,
    p->>'disputeReference', v_amount, booked.currency, booked.status, bought.lease_id, 'open', v_at)
  ON CONFLICT (organization_id, provider, dispute_reference) DO NOTHING;
  IF FOUND THEN
    PERFORM post_payment(booked, 'disputes', 'provider_clearing', v_amount, 'dispute.opened', v_at,
      bought.occupancy_id, bought.building_id);
    IF booked.status NOT IN ('disputed', 'charged_back') THEN
      PERFORM payment_advance(p_organization_id, booked.id, booked.status, 'disputed', v_at, 'its payer disputes it');
    END IF;
  END IF;
  SELECT * INTO STRICT told FROM payment_dispute WHERE organization_id = p_organization_id
    AND provider = booked.provider AND dispute_reference = p->>'disputeReference' FOR UPDATE;
  IF told.state <> 'open' OR p->>'state' = 'open' THEN
    RETURN jsonb_build_object('outcome', 'told', 'state', told.state);
  END IF;
  UPDATE payment_dispute SET state = p->>'state', closed_at = v_at
   WHERE organization_id = p_organization_id AND id = told.id;
  IF p->>'state' = 'won' THEN
    PERFORM post_payment(booked, 'provider_clearing', 'disputes', told.amount_minor, 'dispute.won', v_at,
      bought.occupancy_id, bought.building_id);
    -- Its purchase may have been sold meanwhile.
    v_back := CASE WHEN told.payment_was = 'matched' AND bought.status <> 'paid' THEN 'applied'
      ELSE told.payment_was END;
    PERFORM payment_advance(p_organization_id, booked.id, 'disputed', v_back, v_at, 'the dispute was won');
  ELSE
    IF bought.lease_id IS NOT NULL THEN
      PERFORM arrears_move(p_organization_id, bought.lease_id, told.amount_minor, told.currency);
    END IF;
    PERFORM post_payment(booked,
      CASE WHEN bought.id IS NULL THEN 'suspense' ELSE 'arrears_receivable' END, 'disputes',
      told.amount_minor, 'dispute.lost', v_at, bought.occupancy_id, bought.building_id, bought.lease_id);
    PERFORM payment_advance(p_organization_id, booked.id, 'disputed', 'charged_back', v_at, 'the dispute was lost');
  END IF;
  RETURN jsonb_build_object('outcome', 'told', 'state', p->>'state');
END $$;

DO $$
DECLARE f regprocedure;
BEGIN
  FOREACH f IN ARRAY ARRAY[
    'payment_advance(uuid, uuid, text, text, timestamptz, text)',
    'payments_advance(uuid, uuid, text[], text, timestamptz, text)',
    'post_payment(payment, text, text, bigint, text, timestamptz, uuid, uuid, uuid)',
    'payment_attempt_named(uuid, jsonb)', 'payment_returned(uuid, jsonb)',
    'payment_case_open(uuid, jsonb)', 'payment_case_decide(uuid, jsonb)',
    'payment_dispute_told(uuid, jsonb)']::regprocedure[]
  LOOP
    EXECUTE format('ALTER FUNCTION %s OWNER TO voltlet_vend', f);
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', f);
  END LOOP;
END $$;
GRANT EXECUTE ON FUNCTION payment_attempt_named(uuid, jsonb), payment_returned(uuid, jsonb),
  payment_case_open(uuid, jsonb), payment_case_decide(uuid, jsonb), payment_dispute_told(uuid, jsonb)
  TO voltlet_web, voltlet_worker;
REVOKE CREATE ON SCHEMA public FROM voltlet_vend;
REVOKE voltlet_vend FROM CURRENT_USER;
