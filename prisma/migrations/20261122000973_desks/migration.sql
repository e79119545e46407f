-- Cash over a counter: desks, shifts, what went into a drawer and out of it, and the count at the end
-- (docs/decisions/033-cash-desk.md).

CREATE TABLE desk (
  organization_id uuid NOT NULL,
  id uuid NOT NULL,
  number integer NOT NULL,
  name text NOT NULL,
  currency char(3) NOT NULL,
  refund_limit_minor bigint,
  created_at timestamptz(3) NOT NULL,
  created_by uuid NOT NULL,
  closed_at timestamptz(3),
  CONSTRAINT desk_pkey PRIMARY KEY (organization_id, id)
);
CREATE TABLE desk_building (
  organization_id uuid NOT NULL,
  desk_id uuid NOT NULL,
  building_id uuid NOT NULL,
  CONSTRAINT desk_building_pkey PRIMARY KEY (organization_id, desk_id, building_id)
);
CREATE TABLE desk_shift (
  organization_id uuid NOT NULL,
  id uuid NOT NULL,
  desk_id uuid NOT NULL,
  number integer NOT NULL,
  user_id uuid NOT NULL,
  state text NOT NULL,
  opened_at timestamptz(3) NOT NULL,
  expected_minor bigint,
  counted_minor bigint,
  reason text,
  closed_at timestamptz(3),
  closed_by uuid,
  CONSTRAINT desk_shift_pkey PRIMARY KEY (organization_id, id)
);
CREATE TABLE desk_movement (
  organization_id uuid NOT NULL,
  id uuid NOT NULL,
  shift_id uuid NOT NULL,
  number integer NOT NULL,
  kind text NOT NULL,
  amount_minor bigint NOT NULL,
  at timestamptz(3) NOT NULL,
  by_user uuid NOT NULL,
  note text NOT NULL,
  purchase_id uuid,
  tendered_minor bigint,
  CONSTRAINT desk_movement_pkey PRIMARY KEY (organization_id, id)
);
CREATE TABLE desk_count (
  organization_id uuid NOT NULL,
  shift_id uuid NOT NULL,
  number integer NOT NULL,
  at timestamptz(3) NOT NULL,
  by_user uuid NOT NULL,
  total_minor bigint NOT NULL,
  pieces jsonb NOT NULL,
  CONSTRAINT desk_count_pkey PRIMARY KEY (organization_id, shift_id, number)
);

CREATE UNIQUE INDEX desk_organization_id_number_key ON desk (organization_id, number);
CREATE UNIQUE INDEX desk_shift_organization_id_desk_id_number_key
  ON desk_shift (organization_id, desk_id, number);
CREATE UNIQUE INDEX desk_movement_organization_id_shift_id_number_key
  ON desk_movement (organization_id, shift_id, number);
-- A purchase is paid for once and paid back once.
CREATE UNIQUE INDEX desk_movement_organization_id_purchase_id_kind_key
  ON desk_movement (organization_id, purchase_id, kind);

ALTER TABLE desk_building
  ADD CONSTRAINT desk_building_organization_id_desk_id_fkey FOREIGN KEY (organization_id, desk_id)
    REFERENCES desk (organization_id, id) ON DELETE RESTRICT ON UPDATE RESTRICT,
  ADD CONSTRAINT desk_building_organization_id_building_id_fkey
    FOREIGN KEY (organization_id, building_id) REFERENCES building (organization_id, id)
    ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE desk_shift ADD CONSTRAINT desk_shift_organization_id_desk_id_fkey
  FOREIGN KEY (organization_id, desk_id) REFERENCES desk (organization_id, id)
  ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE desk_movement
  ADD CONSTRAINT desk_movement_organization_id_shift_id_fkey FOREIGN KEY (organization_id, shift_id)
    REFERENCES desk_shift (organization_id, id) ON DELETE RESTRICT ON UPDATE RESTRICT,
  ADD CONSTRAINT desk_movement_organization_id_purchase_id_fkey
    FOREIGN KEY (organization_id, purchase_id) REFERENCES purchase (organization_id, id)
    ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE desk_count ADD CONSTRAINT desk_count_organization_id_shift_id_fkey
  FOREIGN KEY (organization_id, shift_id) REFERENCES desk_shift (organization_id, id)
  ON DELETE RESTRICT ON UPDATE RESTRICT;

-- ── Rules ────────────────────────────────────────────────────────────────────────────────────
ALTER TABLE desk
  ADD CONSTRAINT desk_number_from_one CHECK (number >= 1),
  ADD CONSTRAINT desk_name_length CHECK (name <> '' AND length(name) <= 60),
  ADD CONSTRAINT desk_refund_limit_not_negative CHECK (refund_limit_minor >= 0);
-- One open shift to a desk, and one to a person.
ALTER TABLE desk_shift
  ADD CONSTRAINT desk_shift_one_at_a_desk EXCLUDE USING btree
    (organization_id WITH =, desk_id WITH =) WHERE (state <> 'closed'),
  ADD CONSTRAINT desk_shift_one_of_a_person EXCLUDE USING btree
    (organization_id WITH =, user_id WITH =) WHERE (state <> 'closed'),
  ADD CONSTRAINT desk_shift_state_known CHECK (state IN ('open', 'counted', 'closed')),
  ADD CONSTRAINT desk_shift_closed_whole CHECK (num_nonnulls(expected_minor, counted_minor,
    closed_at, closed_by) = CASE state WHEN 'closed' THEN 4 ELSE 0 END),
  ADD CONSTRAINT desk_shift_difference_explained
    CHECK (state <> 'closed' OR expected_minor = counted_minor OR reason <> '');
ALTER TABLE desk_movement
  ADD CONSTRAINT desk_movement_kind_known
    CHECK (kind IN ('float', 'sale', 'refund', 'paid-in', 'paid-out')),
  ADD CONSTRAINT desk_movement_sign CHECK (CASE kind WHEN 'float' THEN amount_minor >= 0
    WHEN 'sale' THEN amount_minor > 0 WHEN 'paid-in' THEN amount_minor > 0
    ELSE amount_minor < 0 END),
  ADD CONSTRAINT desk_movement_purchase CHECK ((kind IN ('sale', 'refund')) = (purchase_id IS NOT NULL)),
  ADD CONSTRAINT desk_movement_tendered CHECK ((kind = 'sale') = (tendered_minor IS NOT NULL)
    AND tendered_minor >= amount_minor),
  ADD CONSTRAINT desk_movement_explained CHECK (kind IN ('float', 'sale') OR note <> ''),
  ADD CONSTRAINT desk_movement_note_length CHECK (length(note) <= 200);
ALTER TABLE desk_count ADD CONSTRAINT desk_count_not_negative CHECK (total_minor >= 0);

-- ── Policies and grants ──────────────────────────────────────────────────────────────────────
DO $$
DECLARE
  owned text;
  own_rows constant text := 'organization_id = current_setting(''voltlet.organization_id'')::uuid';
BEGIN
  FOREACH owned IN ARRAY ARRAY['desk', 'desk_building', 'desk_shift', 'desk_movement', 'desk_count']
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', owned);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', owned);
    EXECUTE format('CREATE POLICY one_organization ON %I TO voltlet_web, voltlet_worker, voltlet_vend '
      'USING (%s) WITH CHECK (%s)', owned, own_rows, own_rows);
  END LOOP;
END $$;
GRANT SELECT ON desk, desk_building, desk_shift, desk_movement, desk_count
  TO voltlet_web, voltlet_worker;
GRANT INSERT ON desk, desk_building TO voltlet_web;
GRANT SELECT ON desk, desk_building TO voltlet_vend;
GRANT UPDATE (closed_at) ON desk TO voltlet_vend;
GRANT SELECT, INSERT ON desk_movement, desk_count TO voltlet_vend;
GRANT SELECT, INSERT, UPDATE ON desk_shift TO voltlet_vend;

-- ── Functions ────────────────────────────────────────────────────────────────────────────────
-- A shift is locked before its purchase, and that before everything else.
GRANT voltlet_vend TO CURRENT_USER;
GRANT CREATE ON SCHEMA public TO voltlet_vend;

-- The series of the desk that a purchase was paid at; null for one that was paid elsewhere.
CREATE FUNCTION desk_series(p_purchase purchase) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, public AS $$
  SELECT 'D' || d.number FROM desk_movement m
    JOIN desk_shift s ON s.organization_id = m.organization_id AND s.id = m.shift_id
    JOIN desk d ON d.organization_id = s.organization_id AND d.id = s.desk_id
   WHERE p_purchase.scope = 'desk' AND m.organization_id = p_purchase.organization_id
     AND m.purchase_id = p_purchase.id AND m.kind = 'sale'
$$;

-- What a drawer should hold, by what was written down.
CREATE FUNCTION desk_expected(p_shift desk_shift) RETURNS bigint
LANGUAGE sql STABLE SET search_path = pg_catalog, public AS $$
  SELECT coalesce(sum(amount_minor), 0)::bigint FROM desk_movement
   WHERE organization_id = p_shift.organization_id AND shift_id = p_shift.id
$$;

-- Posts what a drawer gained (or lost, below zero) under the shift, against another account.
CREATE FUNCTION post_drawer(p_shift desk_shift, p_other text, p_amount_minor bigint, p_reason text,
  p_at timestamptz, p_purchase purchase DEFAULT NULL, p_payment_id uuid DEFAULT NULL) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE m ledger_transfer;
BEGIN
  m.organization_id := p_shift.organization_id;
  m.at := p_at;
  m.debit_account := CASE WHEN p_amount_minor > 0 THEN 'cash_drawer' ELSE p_other END;
  m.credit_account := CASE WHEN p_amount_minor > 0 THEN p_other ELSE 'cash_drawer' END;
  m.amount_minor := abs(p_amount_minor);
  SELECT currency INTO STRICT m.currency FROM desk
   WHERE organization_id = p_shift.organization_id AND id = p_shift.desk_id;
  m.reason := p_reason;
  m.correlation_id := p_shift.id;
  m.desk_id := p_shift.desk_id;
  m.building_id := p_purchase.building_id;
  m.occupancy_id := p_purchase.occupancy_id;
  m.payment_id := p_payment_id;
  PERFORM post_movement(m);
END $$;

-- Writes a row of a shift that is locked, with the next number.
CREATE FUNCTION desk_write(p_shift desk_shift, p_row desk_movement) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE r desk_movement := p_row;
BEGIN
  r.organization_id := p_shift.organization_id;
  r.shift_id := p_shift.id;
  SELECT count(*) + 1 INTO r.number FROM desk_movement
   WHERE organization_id = p_shift.organization_id AND shift_id = p_shift.id;
  INSERT INTO desk_movement SELECT r.*;
END $$;

-- Begins a shift with what was counted into the drawer. The same id begins once.
CREATE FUNCTION desk_shift_open(p_organization_id uuid, p jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  at_desk desk;
  shift desk_shift;
  r desk_movement;
  v_at timestamptz := (p->>'now')::timestamptz;
BEGIN
  PERFORM scope_to(p_organization_id);
  SELECT * INTO at_desk FROM desk
   WHERE organization_id = p_organization_id AND id = (p->>'deskId')::uuid FOR UPDATE;
  IF at_desk.id IS NULL OR at_desk.closed_at IS NOT NULL THEN
    RETURN jsonb_build_object('outcome', 'desk-not-found');
  END IF;
  SELECT * INTO shift FROM desk_shift
   WHERE organization_id = p_organization_id AND id = (p->>'id')::uuid;
  IF FOUND THEN
    RETURN jsonb_build_object('outcome', CASE WHEN shift.user_id = (p->>'userId')::uuid
      THEN 'known' ELSE 'desk-not-found' END);
  END IF;
  IF EXISTS (SELECT FROM desk_shift WHERE organization_id = p_organization_id
    AND desk_id = at_desk.id AND state <> 'closed') THEN
    RETURN jsonb_build_object('outcome', 'desk-taken');
  END IF;
  shift.organization_id := p_organization_id;
  shift.id := (p->>'id')::uuid;
  shift.desk_id := at_desk.id;
  SELECT count(*) + 1 INTO shift.number FROM desk_shift
   WHERE organization_id = p_organization_id AND desk_id = at_desk.id;
  shift.user_id := (p->>'userId')::uuid;
  shift.state := 'open';
  shift.opened_at := v_at;
  BEGIN
    INSERT INTO desk_shift SELECT shift.*;
  EXCEPTION WHEN exclusion_violation THEN
    RETURN jsonb_build_object('outcome', 'person-has-one');
  END;
  r.id := gen_random_uuid();
  r.kind := 'float';
  r.amount_minor := (p->>'floatMinor')::bigint;
  r.at := v_at;
  r.by_user := shift.user_id;
  r.note := '';
  PERFORM desk_write(shift, r);
  PERFORM post_drawer(shift, 'landlord_payable', r.amount_minor, 'cash.float', v_at);
  RETURN jsonb_build_object('outcome', 'opened');
END $$;

-- Cash for a purchase that was priced at a desk: it is paid, the drawer has the money, and the step
-- that makes the token follows. The same purchase is sold once, whoever asks again.
CREATE FUNCTION desk_sell(p_organization_id uuid, p jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  shift desk_shift;
  at_desk desk;
  bought purchase;
  booked jsonb;
  r desk_movement;
  v_at timestamptz := (p->>'now')::timestamptz;
BEGIN
  PERFORM scope_to(p_organization_id);
  SELECT * INTO shift FROM desk_shift WHERE organization_id = p_organization_id
    AND user_id = (p->>'userId')::uuid AND state <> 'closed' FOR UPDATE;
  SELECT * INTO bought FROM purchase WHERE organization_id = p_organization_id
    AND id = (p->>'purchaseId')::uuid AND scope = 'desk' FOR UPDATE;
  IF bought.id IS NULL THEN RETURN jsonb_build_object('outcome', 'purchase-not-found'); END IF;
  IF bought.status NOT IN ('quoted', 'expired') THEN
    RETURN jsonb_build_object('outcome', 'known', 'status', bought.status);
  END IF;
  IF shift.id IS NULL THEN RETURN jsonb_build_object('outcome', 'no-shift'); END IF;
  IF shift.state <> 'open' THEN RETURN jsonb_build_object('outcome', 'being-counted'); END IF;
  SELECT * INTO STRICT at_desk FROM desk
   WHERE organization_id = p_organization_id AND id = shift.desk_id;
  IF at_desk.currency <> bought.currency THEN
    RETURN jsonb_build_object('outcome', 'other-currency');
  END IF;
  IF EXISTS (SELECT FROM desk_building WHERE organization_id = p_organization_id
      AND desk_id = at_desk.id)
    AND NOT EXISTS (SELECT FROM desk_building WHERE organization_id = p_organization_id
      AND desk_id = at_desk.id AND building_id = bought.building_id) THEN
    RETURN jsonb_build_object('outcome', 'not-this-building');
  END IF;
  IF bought.status = 'expired' OR EXISTS (SELECT FROM quote WHERE organization_id = p_organization_id
    AND id = bought.quote_id AND expires_at <= v_at) THEN
    RETURN jsonb_build_object('outcome', 'price-expired');
  END IF;
  IF (p->>'tenderedMinor')::bigint < bought.amount_minor THEN
    RETURN jsonb_build_object('outcome', 'too-little');
  END IF;
  booked := payment_record(p_organization_id, jsonb_build_object('provider', 'cash',
    'providerReference', bought.id, 'purchaseId', bought.id, 'amountMinor', bought.amount_minor::text,
    'currency', bought.currency, 'paymentId', p->>'paymentId', 'caseId', p->>'caseId',
    'now', p->>'now'));
  IF booked->>'outcome' <> 'paid' THEN
    RAISE EXCEPTION 'purchase % was not paid by its cash: %', bought.id, booked;
  END IF;
  r.id := gen_random_uuid();
  r.kind := 'sale';
  r.amount_minor := bought.amount_minor;
  r.at := v_at;
  r.by_user := shift.user_id;
  r.note := '';
  r.purchase_id := bought.id;
  r.tendered_minor := (p->>'tenderedMinor')::bigint;
  PERFORM desk_write(shift, r);
  PERFORM post_drawer(shift, 'provider_clearing', r.amount_minor, 'cash.sold', v_at, bought,
    (booked->>'paymentId')::uuid);
  RETURN jsonb_build_object('outcome', 'sold', 'status', 'paid');
END $$;

-- Cash brought to a drawer or taken to the safe, with a word why. The same id is booked once.
CREATE FUNCTION desk_move(p_organization_id uuid, p jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  shift desk_shift;
  known desk_movement;
  r desk_movement;
  v_at timestamptz := (p->>'now')::timestamptz;
BEGIN
  PERFORM scope_to(p_organization_id);
  SELECT * INTO shift FROM desk_shift WHERE organization_id = p_organization_id
    AND user_id = (p->>'userId')::uuid AND state <> 'closed' FOR UPDATE;
  r.id := (p->>'id')::uuid;
  r.kind := p->>'kind';
  r.amount_minor := (p->>'amountMinor')::bigint * CASE r.kind WHEN 'paid-in' THEN 1 ELSE -1 END;
  r.at := v_at;
  r.by_user := (p->>'userId')::uuid;
  r.note := p->>'note';
  SELECT * INTO known FROM desk_movement WHERE organization_id = p_organization_id AND id = r.id;
  IF FOUND THEN
    RETURN jsonb_build_object('outcome', CASE WHEN (known.kind, known.amount_minor, known.by_user,
      known.note) = (r.kind, r.amount_minor, r.by_user, r.note) THEN 'known'
      ELSE 'request-key-reused' END);
  END IF;
  IF shift.id IS NULL THEN RETURN jsonb_build_object('outcome', 'no-shift'); END IF;
  IF shift.state <> 'open' THEN RETURN jsonb_build_object('outcome', 'being-counted'); END IF;
  IF desk_expected(shift) + r.amount_minor < 0 THEN
    RETURN jsonb_build_object('outcome', 'more-than-there');
  END IF;
  PERFORM desk_write(shift, r);
  PERFORM post_drawer(shift, 'landlord_payable', r.amount_minor,
    CASE r.kind WHEN 'paid-in' THEN 'cash.float' ELSE 'cash.banked' END, v_at);
  RETURN jsonb_build_object('outcome', 'booked');
END $$;

-- Cash back for a purchase that was paid in cash and got no token. Whoever holds an open shift of
-- its currency pays it; a case that waited for a person is decided with it.
CREATE FUNCTION desk_refund(p_organization_id uuid, p jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  shift desk_shift;
  at_desk desk;
  bought purchase;
  paid payment;
  r desk_movement;
  v_at timestamptz := (p->>'now')::timestamptz;
BEGIN
  PERFORM scope_to(p_organization_id);
  SELECT * INTO shift FROM desk_shift WHERE organization_id = p_organization_id
    AND user_id = (p->>'userId')::uuid AND state <> 'closed' FOR UPDATE;
  SELECT * INTO bought FROM purchase WHERE organization_id = p_organization_id
    AND id = (p->>'purchaseId')::uuid AND scope = 'desk' FOR UPDATE;
  IF bought.id IS NULL THEN RETURN jsonb_build_object('outcome', 'purchase-not-found'); END IF;
  IF bought.status = 'refunded' THEN RETURN jsonb_build_object('outcome', 'known'); END IF;
  IF bought.status <> 'refund_due' THEN RETURN jsonb_build_object('outcome', 'not-due'); END IF;
  IF shift.id IS NULL THEN RETURN jsonb_build_object('outcome', 'no-shift'); END IF;
  IF shift.state <> 'open' THEN RETURN jsonb_build_object('outcome', 'being-counted'); END IF;
  SELECT * INTO STRICT at_desk FROM desk
   WHERE organization_id = p_organization_id AND id = shift.desk_id;
  IF at_desk.currency <> bought.currency THEN
    RETURN jsonb_build_object('outcome', 'other-currency');
  END IF;
  IF bought.amount_minor > at_desk.refund_limit_minor AND NOT (p->>'isApproved')::boolean THEN
    RETURN jsonb_build_object('outcome', 'needs-approval');
  END IF;
  IF desk_expected(shift) < bought.amount_minor THEN
    RETURN jsonb_build_object('outcome', 'more-than-there');
  END IF;
  SELECT * INTO STRICT paid FROM payment WHERE organization_id = p_organization_id
    AND purchase_id = bought.id AND provider = 'cash' AND status = 'refunding' FOR UPDATE;
  PERFORM payment_refunded(p_organization_id, jsonb_build_object('purchaseId', bought.id,
    'now', p->>'now', 'reason', 'paid back in cash'));
  UPDATE payment_case SET state = 'decided', decision = 'refunded-by-hand', decided_at = v_at,
    decided_by = shift.user_id
   WHERE organization_id = p_organization_id AND payment_id = paid.id AND state = 'open';
  r.id := gen_random_uuid();
  r.kind := 'refund';
  r.amount_minor := -bought.amount_minor;
  r.at := v_at;
  r.by_user := shift.user_id;
  r.note := p->>'note';
  r.purchase_id := bought.id;
  PERFORM desk_write(shift, r);
  PERFORM post_drawer(shift, 'provider_clearing', r.amount_minor, 'refund.paid', v_at, bought, paid.id);
  RETURN jsonb_build_object('outcome', 'refunded');
END $$;

-- Writes a count down. From the first one on nothing goes into the drawer or out of it.
CREATE FUNCTION desk_count_drawer(p_organization_id uuid, p jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  shift desk_shift;
  v_number int;
BEGIN
  PERFORM scope_to(p_organization_id);
  SELECT * INTO shift FROM desk_shift
   WHERE organization_id = p_organization_id AND id = (p->>'shiftId')::uuid FOR UPDATE;
  IF shift.id IS NULL THEN RETURN jsonb_build_object('outcome', 'shift-not-found'); END IF;
  IF shift.state = 'closed' THEN RETURN jsonb_build_object('outcome', 'shift-closed'); END IF;
  SELECT count(*) + 1 INTO v_number FROM desk_count
   WHERE organization_id = p_organization_id AND shift_id = shift.id;
  -- The page says which count it is: the same form sent twice is one count.
  IF v_number <> (p->>'number')::int THEN RETURN jsonb_build_object('outcome', 'known'); END IF;
  INSERT INTO desk_count VALUES (p_organization_id, shift.id, v_number, (p->>'now')::timestamptz,
    (p->>'userId')::uuid, (p->>'totalMinor')::bigint, p->'pieces');
  UPDATE desk_shift SET state = 'counted'
   WHERE organization_id = p_organization_id AND id = shift.id;
  RETURN jsonb_build_object('outcome', 'counted');
END $$;

-- The end of a shift by its last count: the difference is booked with its reason, what was counted is
-- banked, building by building, and the drawer holds nothing any more.
CREATE FUNCTION desk_shift_close(p_organization_id uuid, p jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  shift desk_shift;
  counted desk_count;
  part record;
  place purchase;
  v_at timestamptz := (p->>'now')::timestamptz;
  v_expected bigint;
BEGIN
  PERFORM scope_to(p_organization_id);
  SELECT * INTO shift FROM desk_shift
   WHERE organization_id = p_organization_id AND id = (p->>'shiftId')::uuid FOR UPDATE;
  IF shift.id IS NULL THEN RETURN jsonb_build_object('outcome', 'shift-not-found'); END IF;
  IF shift.state = 'closed' THEN RETURN jsonb_build_object('outcome', 'known'); END IF;
  IF shift.state = 'open' THEN RETURN jsonb_build_object('outcome', 'not-counted'); END IF;
  SELECT * INTO STRICT counted FROM desk_count
   WHERE organization_id = p_organization_id AND shift_id = shift.id ORDER BY number DESC LIMIT 1;
  -- Closed is what was read, and not a count that somebody made meanwhile.
  IF counted.number <> (p->>'number')::int THEN
    RETURN jsonb_build_object('outcome', 'counted-again');
  END IF;
  v_expected := desk_expected(shift);
  IF v_expected <> counted.total_minor AND coalesce(p->>'reason', '') = '' THEN
    RETURN jsonb_build_object('outcome', 'no-reason');
  END IF;
  PERFORM post_drawer(shift, 'landlord_payable', counted.total_minor - v_expected,
    CASE WHEN counted.total_minor > v_expected THEN 'cash.over' ELSE 'cash.short' END, v_at);
  FOR part IN
    SELECT building_id, sum(CASE WHEN debit_account = 'cash_drawer' THEN amount_minor
        ELSE -amount_minor END)::bigint AS held FROM ledger_transfer
     WHERE organization_id = p_organization_id AND correlation_id = shift.id
       AND 'cash_drawer' IN (debit_account, credit_account)
     GROUP BY building_id ORDER BY building_id
  LOOP
    place.building_id := part.building_id;
    PERFORM post_drawer(shift, 'landlord_payable', -part.held, 'cash.banked', v_at, place);
  END LOOP;
  UPDATE desk_shift SET state = 'closed', expected_minor = v_expected,
    counted_minor = counted.total_minor, reason = nullif(p->>'reason', ''), closed_at = v_at,
    closed_by = (p->>'userId')::uuid
   WHERE organization_id = p_organization_id AND id = shift.id;
  RETURN jsonb_build_object('outcome', 'closed');
END $$;

-- Takes a desk out of use: nobody may be at it.
CREATE FUNCTION desk_end(p_organization_id uuid, p jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE at_desk desk;
BEGIN
  PERFORM scope_to(p_organization_id);
  SELECT * INTO at_desk FROM desk
   WHERE organization_id = p_organization_id AND id = (p->>'deskId')::uuid FOR UPDATE;
  IF at_desk.id IS NULL THEN RETURN jsonb_build_object('outcome', 'desk-not-found'); END IF;
  IF at_desk.closed_at IS NOT NULL THEN RETURN jsonb_build_object('outcome', 'known'); END IF;
  IF EXISTS (SELECT FROM desk_shift WHERE organization_id = p_organization_id
    AND desk_id = at_desk.id AND state <> 'closed') THEN
    RETURN jsonb_build_object('outcome', 'desk-taken');
  END IF;
  UPDATE desk SET closed_at = (p->>'now')::timestamptz
   WHERE organization_id = p_organization_id AND id = at_desk.id;
  RETURN jsonb_build_object('outcome', 'ended', 'name', at_desk.name);
END $$;

-- reserved → issued, as before; a purchase that was paid at a desk is numbered in the desk's series.
CREATE OR REPLACE FUNCTION vend_finish(p_organization_id uuid, p jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  bought purchase;
  priced quote;
  part record;
  v_set_id uuid;
  v_at timestamptz := (p->>'now')::timestamptz;
  v_number bigint;
  v_series text;
BEGIN
  PERFORM scope_to(p_organization_id);
  SELECT * INTO STRICT bought FROM purchase
   WHERE organization_id = p_organization_id AND id = (p->>'purchaseId')::uuid FOR UPDATE;
  IF bought.status NOT IN ('reserved', 'in_doubt') THEN
    RETURN jsonb_build_object('outcome', 'unchanged', 'status', bought.status);
  END IF;
  SELECT id INTO STRICT v_set_id FROM token_set
   WHERE organization_id = p_organization_id AND purchase_id = bought.id;
  PERFORM write_tokens(p_organization_id, v_set_id, p->'tokens', v_at);

  SELECT * INTO STRICT priced FROM quote
   WHERE organization_id = p_organization_id AND id = bought.quote_id;
  FOR part IN
    SELECT 'vend_pending' AS debit,
      CASE split_part(line->>'code', ':', 1) WHEN 'tax' THEN 'tax_payable'
        WHEN 'fee' THEN 'fee_income' WHEN 'arrears' THEN 'arrears_receivable'
        ELSE 'landlord_payable' END AS credit,
      (line->>'amountMinor')::bigint
        - CASE line->>'code' WHEN 'energy' THEN priced.included_tax_minor ELSE 0 END AS amount_minor,
      'sale.' || split_part(line->>'code', ':', 1) AS reason,
      split_part(line->>'code', ':', 2) AS detail
      FROM jsonb_array_elements(priced.lines) line
    UNION ALL VALUES
      ('vend_pending', 'tax_payable', priced.included_tax_minor, 'sale.tax', 'included'),
      ('vend_pending', 'wallet', priced.unspent_minor, 'sale.unspent', ''),
      ('landlord_payable', 'fee_income', priced.owner_fee_minor, 'sale.fee', 'owner')
  LOOP
    PERFORM post_transfer(bought, part.debit, part.credit, part.amount_minor, part.reason, v_at,
      part.detail);
  END LOOP;
  IF priced.unspent_minor > 0 THEN
    UPDATE wallet SET balance_minor = balance_minor + priced.unspent_minor
     WHERE organization_id = p_organization_id AND occupancy_id = bought.occupancy_id;
  END IF;
  PERFORM follow_up(p_organization_id, bought.id, 'outbox', 'purchase.issued', v_at);
  v_series := coalesce(desk_series(bought), p->>'receiptSeries');
  INSERT INTO receipt_series AS s (organization_id, series, last_number)
  VALUES (p_organization_id, v_series, 1)
  ON CONFLICT (organization_id, series) DO UPDATE SET last_number = s.last_number + 1
  RETURNING last_number INTO v_number;
  UPDATE purchase SET issued_at = v_at, receipt_series = v_series, receipt_number = v_number,
    energy_wh = priced.token_units::bigint * 100
   WHERE organization_id = p_organization_id AND id = bought.id;
  PERFORM purchase_advance(p_organization_id, bought.id, bought.status, 'issued', v_at, 'the signer issued the token');
  RETURN jsonb_build_object('outcome', 'issued', 'status', 'issued');
END $$;

DO $$
DECLARE f regprocedure;
BEGIN
  FOR f IN SELECT p.oid::regprocedure FROM pg_proc p
    WHERE p.pronamespace = 'public'::regnamespace AND p.proname IN ('desk_series', 'desk_expected',
      'post_drawer', 'desk_write', 'desk_shift_open', 'desk_sell', 'desk_move', 'desk_refund',
      'desk_count_drawer', 'desk_shift_close', 'desk_end')
  LOOP
    EXECUTE format('ALTER FUNCTION %s OWNER TO voltlet_vend', f);
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', f);
  END LOOP;
END $$;
GRANT EXECUTE ON FUNCTION desk_shift_open(uuid, jsonb), desk_sell(uuid, jsonb),
  desk_move(uuid, jsonb), desk_refund(uuid, jsonb), desk_count_drawer(uuid, jsonb),
  desk_shift_close(uuid, jsonb), desk_end(uuid, jsonb) TO voltlet_web, voltlet_worker;
REVOKE CREATE ON SCHEMA public FROM voltlet_vend;
REVOKE voltlet_vend FROM CURRENT_USER;
