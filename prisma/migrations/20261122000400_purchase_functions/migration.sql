-- The purchase's life: one function a step, each one transaction, each called with one statement
-- that also sets the scope. They belong to voltlet_vend, so that no process needs a right to write
-- tokens, transfers or states. `p` carries ids, instants and amounts as text; answers do likewise.
--
-- Locks are always taken in this order: meter_key_position, purchase, wallet, receipt_series.

CREATE FUNCTION scope_to(p_organization_id uuid) RETURNS void LANGUAGE sql AS $$
  SELECT set_config('voltlet.organization_id', p_organization_id::text, true)
$$;

-- Moves a purchase on, only from the state it is believed to be in, and writes the event.
CREATE FUNCTION purchase_advance(p_organization_id uuid, p_purchase_id uuid, p_from text, p_to text,
  p_at timestamptz, p_reason text) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  UPDATE purchase SET status = p_to
   WHERE organization_id = p_organization_id AND id = p_purchase_id AND status = p_from;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'purchase % is not %', p_purchase_id, p_from;
  END IF;
  INSERT INTO purchase_event (organization_id, purchase_id, sequence, from_status, to_status, at, reason)
  SELECT p_organization_id, p_purchase_id, max(sequence) + 1, p_from, p_to, p_at, p_reason
    FROM purchase_event
   WHERE organization_id = p_organization_id AND purchase_id = p_purchase_id;
END $$;

-- Posts one movement for a purchase; nothing is posted for an amount of nothing.
CREATE FUNCTION post_transfer(p_purchase purchase, p_debit text, p_credit text, p_amount_minor bigint,
  p_reason text, p_at timestamptz) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  IF p_amount_minor = 0 THEN RETURN; END IF;
  INSERT INTO ledger_transfer (organization_id, id, at, debit_account, credit_account, amount_minor,
    currency, reason, correlation_id, building_id, occupancy_id)
  VALUES (p_purchase.organization_id, gen_random_uuid(), p_at, p_debit, p_credit, p_amount_minor,
    p_purchase.currency, p_reason, p_purchase.id, p_purchase.building_id, p_purchase.occupancy_id);
END $$;

-- The next step for a subject. It is in outbox or in due_work, never in both.
CREATE FUNCTION follow_up(p_organization_id uuid, p_subject_id uuid, p_queue text, p_kind text,
  p_due_at timestamptz) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  IF p_queue = 'outbox' THEN
    DELETE FROM due_work WHERE organization_id = p_organization_id AND subject_id = p_subject_id;
    INSERT INTO outbox (organization_id, subject_id, kind, due_at)
    VALUES (p_organization_id, p_subject_id, p_kind, p_due_at)
    ON CONFLICT (organization_id, subject_id)
    DO UPDATE SET kind = excluded.kind, due_at = excluded.due_at, attempts = 0;
  ELSE
    DELETE FROM outbox WHERE organization_id = p_organization_id AND subject_id = p_subject_id;
    INSERT INTO due_work (organization_id, subject_id, kind, due_at)
    VALUES (p_organization_id, p_subject_id, p_kind, p_due_at)
    ON CONFLICT (organization_id, subject_id)
    DO UPDATE SET kind = excluded.kind, due_at = excluded.due_at, attempts = 0;
  END IF;
END $$;

CREATE FUNCTION quote_insert(p_organization_id uuid, p_purchase_id uuid, q jsonb) RETURNS void
LANGUAGE sql SET search_path = pg_catalog, public AS $$
  INSERT INTO quote (organization_id, id, purchase_id, tariff_version_id, amount_minor, energy_minor,
    tax_minor, included_tax_minor, unspent_minor, energy_wh, carried_before_wh, carried_after_wh,
    token_units, created_at, expires_at)
  VALUES (p_organization_id, (q->>'id')::uuid, p_purchase_id, (q->>'tariffVersionId')::uuid,
    (q->>'amountMinor')::bigint, (q->>'energyMinor')::bigint, (q->>'taxMinor')::bigint,
    (q->>'includedTaxMinor')::bigint, (q->>'unspentMinor')::bigint, (q->>'energyWh')::bigint,
    (q->>'carriedBeforeWh')::bigint, (q->>'carriedAfterWh')::bigint, (q->>'tokenUnits')::int,
    (q->>'createdAt')::timestamptz, (q->>'expiresAt')::timestamptz)
$$;

-- quoted. The same request key and content is the same purchase; other content is refused.
CREATE FUNCTION purchase_open(p_organization_id uuid, p jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  v_id uuid := (p->>'id')::uuid;
  v_at timestamptz := (p->>'now')::timestamptz;
  stands purchase;
BEGIN
  PERFORM scope_to(p_organization_id);
  INSERT INTO purchase (organization_id, id, scope, request_key, request_hash, status, building_id,
    unit_id, meter_id, installation_id, occupancy_id, lease_id, amount_minor, currency, quote_id, created_at)
  VALUES (p_organization_id, v_id, p->>'scope', p->>'requestKey', decode(p->>'requestHash', 'hex'),
    'quoted', (p->>'buildingId')::uuid, (p->>'unitId')::uuid, (p->>'meterId')::uuid,
    (p->>'installationId')::uuid, (p->>'occupancyId')::uuid, (p->>'leaseId')::uuid,
    (p->>'amountMinor')::bigint, p->>'currency', (p->'quote'->>'id')::uuid, v_at)
  ON CONFLICT (organization_id, scope, request_key) DO NOTHING;
  IF FOUND THEN
    PERFORM quote_insert(p_organization_id, v_id, p->'quote');
    INSERT INTO purchase_event VALUES (p_organization_id, v_id, 1, NULL, 'quoted', v_at, 'asked for a price');
    INSERT INTO purchase_directory VALUES (p->>'secretHash', p_organization_id, v_id);
    RETURN jsonb_build_object('outcome', 'opened', 'purchaseId', v_id);
  END IF;
  SELECT * INTO STRICT stands FROM purchase
   WHERE organization_id = p_organization_id AND scope = p->>'scope' AND request_key = p->>'requestKey';
  IF stands.request_hash <> decode(p->>'requestHash', 'hex') THEN
    RETURN jsonb_build_object('outcome', 'request-key-reused');
  END IF;
  RETURN jsonb_build_object('outcome', 'opened', 'purchaseId', stands.id);
END $$;

-- Another price for a paid purchase, made on a basis that has changed meanwhile.
CREATE FUNCTION purchase_requote(p_organization_id uuid, p jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  PERFORM scope_to(p_organization_id);
  UPDATE purchase SET quote_id = (p->'quote'->>'id')::uuid
   WHERE organization_id = p_organization_id AND id = (p->>'purchaseId')::uuid AND status = 'paid';
  IF NOT FOUND THEN RETURN jsonb_build_object('outcome', 'not-paid'); END IF;
  PERFORM quote_insert(p_organization_id, (p->>'purchaseId')::uuid, p->'quote');
  RETURN jsonb_build_object('outcome', 'requoted');
END $$;

-- quoted → awaiting_payment. A second click finds the attempt of the first.
CREATE FUNCTION purchase_start_payment(p_organization_id uuid, p jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  bought purchase;
  attempt payment_attempt;
  v_at timestamptz := (p->>'now')::timestamptz;
  v_expires_at timestamptz;
BEGIN
  PERFORM scope_to(p_organization_id);
  SELECT * INTO STRICT bought FROM purchase
   WHERE organization_id = p_organization_id AND id = (p->>'purchaseId')::uuid FOR UPDATE;
  IF bought.status = 'quoted' THEN
    SELECT expires_at INTO STRICT v_expires_at FROM quote
     WHERE organization_id = p_organization_id AND id = bought.quote_id;
    IF v_expires_at <= v_at THEN
      PERFORM purchase_advance(p_organization_id, bought.id, 'quoted', 'expired', v_at, 'the price was no longer valid');
      RETURN jsonb_build_object('outcome', 'quote-expired');
    END IF;
    INSERT INTO payment_attempt (organization_id, id, purchase_id, endpoint_id, amount_minor, currency, created_at)
    VALUES (p_organization_id, (p->>'attemptId')::uuid, bought.id, (p->>'endpointId')::uuid,
      bought.amount_minor, bought.currency, v_at);
    PERFORM purchase_advance(p_organization_id, bought.id, 'quoted', 'awaiting_payment', v_at, 'went to pay');
    PERFORM follow_up(p_organization_id, bought.id, 'due_work', 'payment.poll', v_at + interval '20 seconds');
  ELSIF bought.status <> 'awaiting_payment' THEN
    RETURN jsonb_build_object('outcome', 'not-payable', 'status', bought.status);
  END IF;
  SELECT * INTO STRICT attempt FROM payment_attempt
   WHERE organization_id = p_organization_id AND purchase_id = bought.id ORDER BY created_at LIMIT 1;
  RETURN jsonb_build_object('outcome', 'started', 'attemptId', attempt.id,
    'amountMinor', attempt.amount_minor::text, 'currency', attempt.currency);
END $$;

-- awaiting_payment → declined | expired, quoted → expired, issued → delivered: no money moves.
CREATE FUNCTION purchase_close(p_organization_id uuid, p jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  bought purchase;
  v_to text := p->>'to';
BEGIN
  PERFORM scope_to(p_organization_id);
  SELECT * INTO STRICT bought FROM purchase
   WHERE organization_id = p_organization_id AND id = (p->>'purchaseId')::uuid FOR UPDATE;
  IF (bought.status || '>' || v_to) NOT IN ('awaiting_payment>declined', 'awaiting_payment>expired',
    'quoted>expired', 'issued>delivered') THEN
    RETURN jsonb_build_object('outcome', 'unchanged', 'status', bought.status);
  END IF;
  PERFORM purchase_advance(p_organization_id, bought.id, bought.status, v_to,
    (p->>'now')::timestamptz, p->>'reason');
  RETURN jsonb_build_object('outcome', 'closed', 'status', v_to);
END $$;

-- awaiting_payment | expired | declined → paid. The receipt of money is booked here, once for each
-- reference of the provider. Money for a purchase that has been paid already goes to the wallet.
CREATE FUNCTION payment_record(p_organization_id uuid, p jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  bought purchase;
  attempt payment_attempt;
  known provider_payment;
  v_at timestamptz := (p->>'now')::timestamptz;
  v_pays boolean;
BEGIN
  PERFORM scope_to(p_organization_id);
  SELECT * INTO attempt FROM payment_attempt
   WHERE organization_id = p_organization_id AND id = (p->>'attemptId')::uuid;
  IF NOT FOUND THEN RETURN jsonb_build_object('outcome', 'attempt-not-found'); END IF;
  IF attempt.amount_minor <> (p->>'amountMinor')::bigint OR attempt.currency <> p->>'currency' THEN
    RETURN jsonb_build_object('outcome', 'amount-differs');
  END IF;
  SELECT * INTO STRICT bought FROM purchase
   WHERE organization_id = p_organization_id AND id = attempt.purchase_id FOR UPDATE;

  INSERT INTO provider_payment (provider, provider_reference, belongs_to, payment_id)
  VALUES (p->>'provider', p->>'providerReference', p_organization_id, (p->>'paymentId')::uuid)
  ON CONFLICT (provider, provider_reference) DO NOTHING;
  IF NOT FOUND THEN
    SELECT * INTO STRICT known FROM provider_payment
     WHERE provider = p->>'provider' AND provider_reference = p->>'providerReference';
    IF known.belongs_to <> p_organization_id THEN
      RETURN jsonb_build_object('outcome', 'attempt-not-found');
    END IF;
    RETURN jsonb_build_object('outcome', 'known', 'purchaseId', bought.id, 'status', bought.status);
  END IF;

  v_pays := bought.status IN ('awaiting_payment', 'expired', 'declined');
  INSERT INTO payment (organization_id, id, attempt_id, purchase_id, provider, provider_reference,
    amount_minor, currency, status, received_at)
  VALUES (p_organization_id, (p->>'paymentId')::uuid, attempt.id, bought.id, p->>'provider',
    p->>'providerReference', attempt.amount_minor, attempt.currency,
    CASE WHEN v_pays THEN 'matched' ELSE 'on_account' END, v_at);
  PERFORM post_transfer(bought, 'provider_clearing', 'customer_unallocated', attempt.amount_minor, 'payment received', v_at);
  IF NOT v_pays THEN
    PERFORM post_transfer(bought, 'customer_unallocated', 'wallet', attempt.amount_minor, 'paid twice, kept on account', v_at);
    UPDATE wallet SET balance_minor = balance_minor + attempt.amount_minor
     WHERE organization_id = p_organization_id AND occupancy_id = bought.occupancy_id;
    RETURN jsonb_build_object('outcome', 'on-account', 'purchaseId', bought.id, 'status', bought.status);
  END IF;
  UPDATE purchase SET paid_at = v_at WHERE organization_id = p_organization_id AND id = bought.id;
  PERFORM purchase_advance(p_organization_id, bought.id, bought.status, 'paid', v_at, 'the provider confirmed the payment');
  PERFORM follow_up(p_organization_id, bought.id, 'outbox', 'purchase.vend', v_at + interval '5 seconds');
  RETURN jsonb_build_object('outcome', 'paid', 'purchaseId', bought.id, 'status', 'paid');
END $$;

-- paid → reserved. Chooses the token id under the meter's lock (IEC 62055-41: a token id is used
-- once for a meter and key; minute 00:01 of a day is reserved) and fixes what the token will say.
CREATE FUNCTION vend_reserve(p_organization_id uuid, p jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  bought purchase;
  priced quote;
  served meter;
  under vending_key;
  v_at timestamptz := (p->>'now')::timestamptz;
  v_set_id uuid := (p->>'tokenSetId')::uuid;
  v_minute int;
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
  INSERT INTO meter_key_position (organization_id, meter_id, vending_key_id, last_token_id_minutes)
  VALUES (p_organization_id, served.id, under.id, -1) ON CONFLICT DO NOTHING;
  SELECT last_token_id_minutes INTO STRICT v_last FROM meter_key_position
   WHERE organization_id = p_organization_id AND meter_id = served.id AND vending_key_id = under.id FOR UPDATE;

  SELECT * INTO STRICT bought FROM purchase
   WHERE organization_id = p_organization_id AND id = bought.id FOR UPDATE;
  IF bought.status <> 'paid' THEN
    RETURN jsonb_build_object('outcome', 'not-paid', 'status', bought.status);
  END IF;
  SELECT * INTO STRICT priced FROM quote
   WHERE organization_id = p_organization_id AND id = bought.quote_id;
  IF served.status <> 'active' THEN RETURN jsonb_build_object('outcome', 'meter-blocked'); END IF;
  IF NOT EXISTS (SELECT FROM meter_installation WHERE organization_id = p_organization_id
    AND id = bought.installation_id AND starts_at <= v_at AND (ends_at IS NULL OR ends_at > v_at)) THEN
    RETURN jsonb_build_object('outcome', 'meter-not-installed');
  END IF;
  IF under.key_type <> 2 OR v_at < under.active_from OR v_at >= coalesce(under.issue_until, 'infinity') THEN
    RETURN jsonb_build_object('outcome', 'key-not-usable');
  END IF;
  -- Late money is priced anew at the version in force; a price made after the payment stands.
  IF priced.expires_at <= bought.paid_at AND priced.created_at < bought.paid_at THEN
    RETURN jsonb_build_object('outcome', 'quote-expired');
  END IF;
  SELECT carried_wh INTO STRICT v_carried FROM wallet
   WHERE organization_id = p_organization_id AND occupancy_id = bought.occupancy_id FOR UPDATE;
  IF v_carried <> priced.carried_before_wh THEN
    RETURN jsonb_build_object('outcome', 'basis-changed');
  END IF;

  v_minute := floor(extract(epoch FROM v_at - make_timestamptz(under.base_date_year, 1, 1, 0, 0, 0, 'UTC')) / 60);
  v_token_id := greatest(v_minute, v_last + 1);
  IF v_token_id % 1440 = 1 THEN v_token_id := v_token_id + 1; END IF;
  IF v_minute < 0 OR v_token_id > 16777215 OR (v_token_id >> 16) > under.key_expiry_number THEN
    RETURN jsonb_build_object('outcome', 'key-not-usable');
  END IF;
  IF v_token_id > v_minute + 59 THEN
    PERFORM follow_up(p_organization_id, bought.id, 'due_work', 'purchase.vend', v_at + interval '30 seconds');
    RETURN jsonb_build_object('outcome', 'waits-for-minute');
  END IF;

  UPDATE meter_key_position SET last_token_id_minutes = v_token_id
   WHERE organization_id = p_organization_id AND meter_id = served.id AND vending_key_id = under.id;
  UPDATE wallet SET carried_wh = priced.carried_after_wh
   WHERE organization_id = p_organization_id AND occupancy_id = bought.occupancy_id;
  INSERT INTO token_set (organization_id, id, purchase_id, meter_id, created_at)
  VALUES (p_organization_id, v_set_id, bought.id, served.id, v_at);
  INSERT INTO token_reservation (organization_id, token_set_id, position, meter_id, vending_key_id,
    meter_number, encryption_algorithm, tariff_index, subclass, token_id_minutes, random_nibble, amount_units)
  VALUES (p_organization_id, v_set_id, 1, served.id, under.id, served.meter_number,
    served.encryption_algorithm, served.tariff_index, 0, v_token_id, (p->>'randomNibble')::int, priced.token_units);
  PERFORM purchase_advance(p_organization_id, bought.id, 'paid', 'reserved', v_at, 'token id chosen');
  PERFORM post_transfer(bought, 'customer_unallocated', 'vend_pending', bought.amount_minor, 'sale reserved', v_at);
  UPDATE payment SET status = 'applied'
   WHERE organization_id = p_organization_id AND purchase_id = bought.id AND status = 'matched';
  PERFORM follow_up(p_organization_id, bought.id, 'outbox', 'purchase.issue', v_at + interval '5 seconds');
  RETURN jsonb_build_object('outcome', 'reserved', 'tokenSetId', v_set_id);
END $$;

-- reserved | in_doubt → issued. Refused without a journal entry of the signer for every token.
-- The receipt number is taken last, for its row is shared by many meters.
CREATE FUNCTION vend_finish(p_organization_id uuid, p jsonb) RETURNS jsonb
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
  INSERT INTO meter_token (organization_id, token_set_id, position, digits, issued_at)
  SELECT p_organization_id, v_set.id, (t->>'position')::int, t->>'digits', v_at
    FROM jsonb_array_elements(p->'tokens') t
    JOIN journal_entry j ON j.organization_id = p_organization_id AND j.token_set_id = v_set.id
     AND j.position = (t->>'position')::int AND j.outcome = 'issued';
  IF EXISTS (SELECT FROM token_reservation r WHERE r.organization_id = p_organization_id
    AND r.token_set_id = v_set.id AND NOT EXISTS (SELECT FROM meter_token m
      WHERE m.organization_id = r.organization_id AND m.token_set_id = r.token_set_id AND m.position = r.position)) THEN
    RAISE EXCEPTION 'token set % has a token that the journal does not know', v_set.id;
  END IF;

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

-- paid → refund_due, or reserved → in_doubt → refund_due when the signer has put on record that it
-- refuses. Carried watt-hours go back by the difference, for later purchases may stand on them.
CREATE FUNCTION vend_give_up(p_organization_id uuid, p jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  bought purchase;
  priced quote;
  v_at timestamptz := (p->>'now')::timestamptz;
BEGIN
  PERFORM scope_to(p_organization_id);
  SELECT * INTO STRICT bought FROM purchase
   WHERE organization_id = p_organization_id AND id = (p->>'purchaseId')::uuid FOR UPDATE;
  IF bought.status = 'paid' THEN
    PERFORM post_transfer(bought, 'customer_unallocated', 'refunds_payable', bought.amount_minor, p->>'reason', v_at);
    PERFORM purchase_advance(p_organization_id, bought.id, 'paid', 'refund_due', v_at, p->>'reason');
  ELSIF bought.status IN ('reserved', 'in_doubt') THEN
    IF NOT EXISTS (SELECT FROM token_set s JOIN journal_entry j ON j.organization_id = s.organization_id
      AND j.token_set_id = s.id WHERE s.organization_id = p_organization_id AND s.purchase_id = bought.id
      AND j.outcome = 'refused') THEN
      RAISE EXCEPTION 'purchase % has no refusal on record: its token may exist', bought.id;
    END IF;
    SELECT * INTO STRICT priced FROM quote
     WHERE organization_id = p_organization_id AND id = bought.quote_id;
    UPDATE wallet SET carried_wh = carried_wh - priced.carried_after_wh + priced.carried_before_wh
     WHERE organization_id = p_organization_id AND occupancy_id = bought.occupancy_id;
    PERFORM post_transfer(bought, 'vend_pending', 'refunds_payable', bought.amount_minor, p->>'reason', v_at);
    IF bought.status = 'reserved' THEN
      PERFORM purchase_advance(p_organization_id, bought.id, 'reserved', 'in_doubt', v_at, 'the signer refused');
    END IF;
    PERFORM purchase_advance(p_organization_id, bought.id, 'in_doubt', 'refund_due', v_at, p->>'reason');
  ELSE
    RETURN jsonb_build_object('outcome', 'unchanged', 'status', bought.status);
  END IF;
  UPDATE payment SET status = 'refunding'
   WHERE organization_id = p_organization_id AND purchase_id = bought.id AND status IN ('matched', 'applied');
  PERFORM follow_up(p_organization_id, bought.id, 'due_work', 'payment.refund', v_at);
  RETURN jsonb_build_object('outcome', 'refund-due', 'status', 'refund_due');
END $$;

-- refund_due → refunded, once the provider has confirmed it.
CREATE FUNCTION payment_refunded(p_organization_id uuid, p jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  bought purchase;
  v_at timestamptz := (p->>'now')::timestamptz;
BEGIN
  PERFORM scope_to(p_organization_id);
  SELECT * INTO STRICT bought FROM purchase
   WHERE organization_id = p_organization_id AND id = (p->>'purchaseId')::uuid FOR UPDATE;
  IF bought.status <> 'refund_due' THEN
    RETURN jsonb_build_object('outcome', 'unchanged', 'status', bought.status);
  END IF;
  PERFORM post_transfer(bought, 'refunds_payable', 'provider_clearing', bought.amount_minor, 'refund paid', v_at);
  UPDATE payment SET status = 'refunded'
   WHERE organization_id = p_organization_id AND purchase_id = bought.id AND status = 'refunding';
  DELETE FROM due_work WHERE organization_id = p_organization_id AND subject_id = bought.id;
  PERFORM purchase_advance(p_organization_id, bought.id, 'refund_due', 'refunded', v_at, 'the provider paid it back');
  RETURN jsonb_build_object('outcome', 'refunded', 'status', 'refunded');
END $$;

-- Hand them over. A migrator that is no superuser must hold the role to give to it, and the new
-- owner must be allowed to create in the schema; both are taken back at once.
GRANT voltlet_vend TO CURRENT_USER;
GRANT CREATE ON SCHEMA public TO voltlet_vend;
DO $$
DECLARE f regprocedure;
BEGIN
  FOR f IN SELECT p.oid::regprocedure FROM pg_proc p
    WHERE p.pronamespace = 'public'::regnamespace AND p.prolang <> (SELECT oid FROM pg_language WHERE lanname = 'c')
  LOOP
    EXECUTE format('ALTER FUNCTION %s OWNER TO voltlet_vend', f);
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', f);
  END LOOP;
END $$;
GRANT EXECUTE ON FUNCTION purchase_open(uuid, jsonb), purchase_requote(uuid, jsonb),
  purchase_start_payment(uuid, jsonb), purchase_close(uuid, jsonb), payment_record(uuid, jsonb),
  vend_reserve(uuid, jsonb), vend_finish(uuid, jsonb), vend_give_up(uuid, jsonb),
  payment_refunded(uuid, jsonb) TO voltlet_web, voltlet_worker;
REVOKE CREATE ON SCHEMA public FROM voltlet_vend;
REVOKE voltlet_vend FROM CURRENT_USER;
