-- A store of version 1, as statements of PostgreSQL.
CREATE EXTENSION IF NOT EXISTS postgis WITH SCHEMA public;
CREATE TABLE public.accounts (
    fid integer NOT NULL,
    account_id text NOT NULL,
    document_id text NOT NULL,
    sub_event_type text NOT NULL,
    date_start date,
    date_end date,
    lon double precision,
    lat double precision,
    region_id text NOT NULL,
    body text NOT NULL
);
CREATE SEQUENCE public.accounts_fid_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.accounts_fid_seq OWNED BY public.accounts.fid;
CREATE TABLE public.atlas_state (
    fid integer NOT NULL,
    name text,
    value integer
);
CREATE SEQUENCE public.atlas_state_fid_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.atlas_state_fid_seq OWNED BY public.atlas_state.fid;
CREATE TABLE public.decisions (
    fid integer NOT NULL,
    decision_id text NOT NULL,
    kind text NOT NULL,
    event_id text NOT NULL,
    body text NOT NULL,
    decided_at text NOT NULL
);
CREATE SEQUENCE public.decisions_fid_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.decisions_fid_seq OWNED BY public.decisions.fid;
CREATE TABLE public.documents (
    fid integer NOT NULL,
    document_id text NOT NULL,
    content_digest text NOT NULL,
    title text NOT NULL,
    published date,
    source text NOT NULL,
    url text NOT NULL,
    language text NOT NULL,
    origin text NOT NULL,
    warnings text NOT NULL,
    accounts integer NOT NULL,
    text text NOT NULL
);
CREATE SEQUENCE public.documents_fid_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.documents_fid_seq OWNED BY public.documents.fid;
CREATE TABLE public.events (
    fid integer NOT NULL,
    geom public.geometry(Point,4326),
    event_id text,
    event_type text,
    sub_event_type text,
    tags text,
    date_start date,
    date_end date,
    time_precision integer,
    lon double precision,
    lat double precision,
    geo_precision integer,
    uncertainty_km double precision,
    place_name text,
    place_name_local text,
    toponym text,
    gazetteer text,
    gazetteer_id text,
    country text,
    admin1 text,
    place_reason text,
    actor1 text,
    actor2 text,
    civilian_targeting boolean,
    weapon text,
    fatalities_low integer,
    fatalities_best integer,
    fatalities_high integer,
    injured_low integer,
    injured_best integer,
    injured_high integer,
    factuality text,
    attribution text,
    confidence double precision,
    control text,
    zone_id text,
    frontline_km double precision,
    control_reason text,
    notes text,
    accounts text,
    review text
);
CREATE SEQUENCE public.events_fid_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.events_fid_seq OWNED BY public.events.fid;
CREATE TABLE public.events_search (
    fid integer NOT NULL,
    body text,
    vector tsvector GENERATED ALWAYS AS (to_tsvector('simple'::regconfig, body)) STORED
);
CREATE SEQUENCE public.events_search_fid_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.events_search_fid_seq OWNED BY public.events_search.fid;
CREATE TABLE public.regions (
    fid integer NOT NULL,
    geom public.geometry(Geometry,4326),
    region_id text,
    name text
);
CREATE SEQUENCE public.regions_fid_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.regions_fid_seq OWNED BY public.regions.fid;
CREATE TABLE public.runs (
    fid integer NOT NULL,
    run_id text NOT NULL,
    started_at text NOT NULL,
    ended_at text,
    body text NOT NULL
);
CREATE SEQUENCE public.runs_fid_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.runs_fid_seq OWNED BY public.runs.fid;
CREATE TABLE public.zones (
    fid integer NOT NULL,
    geom public.geometry(Geometry,4326),
    zone_id text,
    series text,
    controller text,
    controller_name text,
    colour text,
    status text,
    name text,
    valid_from date,
    valid_to date,
    known_since date,
    doubt_km double precision,
    source text,
    note text
);
CREATE SEQUENCE public.zones_fid_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.zones_fid_seq OWNED BY public.zones.fid;
ALTER TABLE ONLY public.accounts ALTER COLUMN fid SET DEFAULT nextval('public.accounts_fid_seq'::regclass);
ALTER TABLE ONLY public.atlas_state ALTER COLUMN fid SET DEFAULT nextval('public.atlas_state_fid_seq'::regclass);
ALTER TABLE ONLY public.decisions ALTER COLUMN fid SET DEFAULT nextval('public.decisions_fid_seq'::regclass);
ALTER TABLE ONLY public.documents ALTER COLUMN fid SET DEFAULT nextval('public.documents_fid_seq'::regclass);
ALTER TABLE ONLY public.events ALTER COLUMN fid SET DEFAULT nextval('public.events_fid_seq'::regclass);
ALTER TABLE ONLY public.events_search ALTER COLUMN fid SET DEFAULT nextval('public.events_search_fid_seq'::regclass);
ALTER TABLE ONLY public.regions ALTER COLUMN fid SET DEFAULT nextval('public.regions_fid_seq'::regclass);
ALTER TABLE ONLY public.runs ALTER COLUMN fid SET DEFAULT nextval('public.runs_fid_seq'::regclass);
ALTER TABLE ONLY public.zones ALTER COLUMN fid SET DEFAULT nextval('public.zones_fid_seq'::regclass);
INSERT INTO public.accounts VALUES (1, '23ae1f04770247c5', 'd1', 'air_drone_strike', '2016-11-19', '2016-11-19', 37.19, 36.2, 'aleppo-city#eastern', '{"document_id":"d1","sentence":{"start":0,"end":62,"text":"Report 1: a hospital in eastern Aleppo was bombed on Saturday."},"sub_event_type":{"value":"air_drone_strike","evidence":[{"start":43,"end":49,"text":"bombed"}]},"when":{"value":{"start":"2016-11-19","end":"2016-11-19","precision":1},"evidence":[{"start":43,"end":49,"text":"bombed"}]},"factuality":{"value":"asserted","evidence":[{"start":43,"end":49,"text":"bombed"}]},"where":{"start":43,"end":49,"text":"bombed","toponym":{"start":43,"end":49,"text":"bombed","kind":"toponym"}},"resolution":{"place":{"gazetteer":"aleppo","gazetteer_id":"aleppo-city","name":"Aleppo","lon":37.16,"lat":36.2,"kind":"city","name_local":"حلب","country":"SY","admin1":"Aleppo","population":2100000,"radius_km":8.0},"toponym":"Aleppo","place_name":"eastern Aleppo","lon":37.19,"lat":36.2,"geo_precision":2,"uncertainty_km":3.0,"reason":"The only place of this name nearby.","score":0.9,"region_id":"aleppo-city#eastern"},"tags":[{"value":"health_care","evidence":[{"start":43,"end":49,"text":"bombed"}]}],"civilian_targeting":{"value":true,"evidence":[{"start":43,"end":49,"text":"bombed"}]},"fatalities":{"value":{"low":4,"best":null,"high":null},"evidence":[{"start":43,"end":49,"text":"bombed"}]},"attribution":{"value":"medics","evidence":[{"start":43,"end":49,"text":"bombed"}]},"confidence":0.8,"source":"Sample Wire","published":"2016-11-20"}');
INSERT INTO public.accounts VALUES (2, 'd930a35be6460650', 'd2', 'armed_clash', '2016-11-22', '2016-11-22', 36.63, 35.93, '', '{"document_id":"d2","sentence":{"start":0,"end":62,"text":"Report 2: a hospital in eastern Aleppo was bombed on Saturday."},"sub_event_type":{"value":"armed_clash","evidence":[{"start":43,"end":49,"text":"bombed"}]},"when":{"value":{"start":"2016-11-22","end":"2016-11-22","precision":1},"evidence":[{"start":43,"end":49,"text":"bombed"}]},"factuality":{"value":"asserted","evidence":[{"start":43,"end":49,"text":"bombed"}]},"where":{"start":43,"end":49,"text":"bombed","toponym":{"start":43,"end":49,"text":"bombed","kind":"toponym"}},"resolution":{"place":{"gazetteer":"syria","gazetteer_id":"idlib","name":"Idlib","lon":36.63,"lat":35.93,"kind":"city","name_local":"إدلب","country":"SY","admin1":"Idlib","population":165000,"radius_km":4.0},"toponym":"Idlib","place_name":"Idlib","lon":36.63,"lat":35.93,"geo_precision":2,"uncertainty_km":3.0,"reason":"The only place of this name nearby.","score":0.9},"actor1":{"value":{"actor_id":"syrian_army","name":"Syrian army","side":"government","country":"SY"},"evidence":[{"start":43,"end":49,"text":"bombed"}]},"fatalities":{"value":{"low":4,"best":null,"high":null},"evidence":[{"start":43,"end":49,"text":"bombed"}]},"attribution":{"value":"medics","evidence":[{"start":43,"end":49,"text":"bombed"}]},"confidence":0.8,"source":"Sample Wire","published":"2016-11-20"}');
INSERT INTO public.accounts VALUES (3, 'bfefaf858c902108', 'd3', 'air_drone_strike', NULL, NULL, 36.63, 35.93, '', '{"document_id":"d3","sentence":{"start":0,"end":62,"text":"Report 3: a hospital in eastern Aleppo was bombed on Saturday."},"sub_event_type":{"value":"air_drone_strike","evidence":[{"start":43,"end":49,"text":"bombed"}]},"when":{"unresolved":{"reason":"no day is named"}},"factuality":{"value":"asserted","evidence":[{"start":43,"end":49,"text":"bombed"}]},"where":{"start":43,"end":49,"text":"bombed","toponym":{"start":43,"end":49,"text":"bombed","kind":"toponym"}},"resolution":{"place":{"gazetteer":"syria","gazetteer_id":"idlib","name":"Idlib","lon":36.63,"lat":35.93,"kind":"city","name_local":"إدلب","country":"SY","admin1":"Idlib","population":165000,"radius_km":4.0},"toponym":"Idlib","place_name":"Idlib","lon":36.63,"lat":35.93,"geo_precision":2,"uncertainty_km":3.0,"reason":"The only place of this name nearby.","score":0.9},"tags":[{"value":"health_care","evidence":[{"start":43,"end":49,"text":"bombed"}]}],"civilian_targeting":{"value":true,"evidence":[{"start":43,"end":49,"text":"bombed"}]},"fatalities":{"value":{"low":4,"best":null,"high":null},"evidence":[{"start":43,"end":49,"text":"bombed"}]},"attribution":{"value":"medics","evidence":[{"start":43,"end":49,"text":"bombed"}]},"confidence":0.8,"source":"Sample Wire","published":"2016-11-20"}');
INSERT INTO public.atlas_state VALUES (1, 'schema_version', 1);
INSERT INTO public.atlas_state VALUES (3, 'events_revision', 3);
INSERT INTO public.atlas_state VALUES (2, 'revision', 5);
INSERT INTO public.decisions VALUES (1, 'de-6864b23085f78894', 'review', 'ev-845c7db02355a4a8', '{"account_ids": ["a"], "event_id": "ev-845c7db02355a4a8", "fields": {}, "kind": "review", "note": "seen", "person": "", "review": "confirmed"}', '2016-11-21T10:00:00.000+00:00');
INSERT INTO public.documents VALUES (1, 'd1', '8195e9022d4894cd', 'Hospital hit', '2016-11-20', 'Sample Wire', '', 'en', 'd1.txt', '["one warning"]', 1, 'Report 1: a hospital in eastern Aleppo was bombed on Saturday.');
INSERT INTO public.documents VALUES (2, 'd2', '4c56c7d967e63981', 'Hospital hit', '2016-11-20', 'Sample Wire', '', 'en', 'd2.txt', '["one warning"]', 1, 'Report 2: a hospital in eastern Aleppo was bombed on Saturday.');
INSERT INTO public.documents VALUES (3, 'd3', '10638f194765b4c2', 'Hospital hit', '2016-11-20', 'Sample Wire', '', 'en', 'd3.txt', '["one warning"]', 1, 'Report 3: a hospital in eastern Aleppo was bombed on Saturday.');
INSERT INTO public.events VALUES (1, '0101000020E6100000B81E85EB519842409A99999999194240', 'ev-845c7db02355a4a8', 'explosions_remote_violence', 'air_drone_strike', 'health_care', '2016-11-19', '2016-11-19', 1, 37.19, 36.2, 2, 3, 'eastern Aleppo', 'حلب', 'Aleppo', 'aleppo', 'aleppo-city#eastern', 'SY', 'Aleppo', 'The only place of this name nearby.', '', '', true, '', 4, NULL, NULL, NULL, NULL, NULL, 'asserted', 'medics', 0.8, 'unknown', '', NULL, 'No control zones have been joined.', 'Air strike affecting health care in eastern Aleppo on 19 November 2016, at least 4 killed, according to medics.', '[{"document_id": "d1", "source": "Sample Wire", "url": "", "published": "2016-11-20", "attribution": "medics", "evidence": [{"field": "event_type", "start": 43, "end": 49, "text": "bombed"}, {"field": "tags", "start": 43, "end": 49, "text": "bombed"}, {"field": "date_start", "start": 43, "end": 49, "text": "bombed"}, {"field": "place_name", "start": 43, "end": 49, "text": "bombed"}, {"field": "civilian_targeting", "start": 43, "end": 49, "text": "bombed"}, {"field": "fatalities_best", "start": 43, "end": 49, "text": "bombed"}, {"field": "attribution", "start": 43, "end": 49, "text": "bombed"}, {"field": "factuality", "start": 43, "end": 49, "text": "bombed"}]}]', 'unreviewed');
INSERT INTO public.events VALUES (2, '0101000020E6100000713D0AD7A3504240D7A3703D0AF74140', 'ev-45e99ba8973a01df', 'battles', 'armed_clash', '', '2016-11-22', '2016-11-22', 1, 36.63, 35.93, 2, 3, 'Idlib', 'إدلب', 'Idlib', 'syria', 'idlib', 'SY', 'Idlib', 'The only place of this name nearby.', 'Syrian army', '', false, '', 4, NULL, NULL, NULL, NULL, NULL, 'asserted', 'medics', 0.8, 'unknown', '', NULL, 'No control zones have been joined.', 'Armed clash by Syrian army in Idlib on 22 November 2016, at least 4 killed, according to medics.', '[{"document_id": "d2", "source": "Sample Wire", "url": "", "published": "2016-11-20", "attribution": "medics", "evidence": [{"field": "event_type", "start": 43, "end": 49, "text": "bombed"}, {"field": "date_start", "start": 43, "end": 49, "text": "bombed"}, {"field": "place_name", "start": 43, "end": 49, "text": "bombed"}, {"field": "actor1", "start": 43, "end": 49, "text": "bombed"}, {"field": "fatalities_best", "start": 43, "end": 49, "text": "bombed"}, {"field": "attribution", "start": 43, "end": 49, "text": "bombed"}, {"field": "factuality", "start": 43, "end": 49, "text": "bombed"}]}]', 'unreviewed');
INSERT INTO public.events VALUES (3, '0101000020E6100000713D0AD7A3504240D7A3703D0AF74140', 'ev-218fd810baa31dbc', 'explosions_remote_violence', 'air_drone_strike', 'health_care', NULL, NULL, NULL, 36.63, 35.93, 2, 3, 'Idlib', 'إدلب', 'Idlib', 'syria', 'idlib', 'SY', 'Idlib', 'The only place of this name nearby.', '', '', true, '', 4, NULL, NULL, NULL, NULL, NULL, 'asserted', 'medics', 0.8, 'unknown', '', NULL, 'No control zones have been joined.', 'Air strike affecting health care in Idlib on an unknown day, at least 4 killed, according to medics.', '[{"document_id": "d3", "source": "Sample Wire", "url": "", "published": "2016-11-20", "attribution": "medics", "evidence": [{"field": "event_type", "start": 43, "end": 49, "text": "bombed"}, {"field": "tags", "start": 43, "end": 49, "text": "bombed"}, {"field": "place_name", "start": 43, "end": 49, "text": "bombed"}, {"field": "civilian_targeting", "start": 43, "end": 49, "text": "bombed"}, {"field": "fatalities_best", "start": 43, "end": 49, "text": "bombed"}, {"field": "attribution", "start": 43, "end": 49, "text": "bombed"}, {"field": "factuality", "start": 43, "end": 49, "text": "bombed"}]}]', 'unreviewed');
INSERT INTO public.events_search VALUES (1, 'eastern aleppo حلب aleppo aleppo air strike affecting health care in eastern aleppo on 19 november 2016 at least 4 killed according to medics air drone strike health care sample wire bombed bombed bombed bombed bombed bombed bombed bombed', DEFAULT);
INSERT INTO public.events_search VALUES (2, 'idlib ادلب idlib idlib syrian army armed clash by syrian army in idlib on 22 november 2016 at least 4 killed according to medics armed clash sample wire bombed bombed bombed bombed bombed bombed bombed', DEFAULT);
INSERT INTO public.events_search VALUES (3, 'idlib ادلب idlib idlib air strike affecting health care in idlib on an unknown day at least 4 killed according to medics air drone strike health care sample wire bombed bombed bombed bombed bombed bombed bombed', DEFAULT);
INSERT INTO public.regions VALUES (1, '0103000020E610000001000000050000001E85EB51B89E424034333333331342401E85EB51B89E4240000000000020424014AE47E17A944240000000000020424014AE47E17A94424034333333331342401E85EB51B89E42403433333333134240', 'aleppo-city#eastern', 'eastern Aleppo');
INSERT INTO public.runs VALUES (1, 'run-1', '2016-11-21T09:00:00.000+00:00', '2016-11-21T09:01:00.000+00:00', '{"command": "ingest", "plan": {}, "versions": {}, "inputs": ["reports"], "counts": {"stored": 3}}');
INSERT INTO public.zones VALUES (1, '0103000020E610000001000000050000006666666666A64240CDCCCCCCCC0C42406666666666A642406666666666264240F6285C8FC29542406666666666264240F6285C8FC2954240CDCCCCCCCC0C42406666666666A64240CDCCCCCCCC0C4240', 'z1', 'aleppo', 'rebels', 'Rebels', '#336699', 'held', 'east', '2016-11-15', '2016-12-01', NULL, 0.3, 'a source', '');
INSERT INTO public.zones VALUES (2, '0103000020E610000001000000050000006666666666A64240CDCCCCCCCC0C42406666666666A642406666666666264240F6285C8FC29542406666666666264240F6285C8FC2954240CDCCCCCCCC0C42406666666666A64240CDCCCCCCCC0C4240', 'z2', 'aleppo', 'government', 'Government', '#336699', 'held', 'east', '2016-12-01', NULL, NULL, 0.3, 'a source', '');
SELECT pg_catalog.setval('public.accounts_fid_seq', 3, true);
SELECT pg_catalog.setval('public.atlas_state_fid_seq', 3, true);
SELECT pg_catalog.setval('public.decisions_fid_seq', 1, true);
SELECT pg_catalog.setval('public.documents_fid_seq', 3, true);
SELECT pg_catalog.setval('public.events_fid_seq', 1, false);
SELECT pg_catalog.setval('public.events_search_fid_seq', 1, false);
SELECT pg_catalog.setval('public.regions_fid_seq', 2, true);
SELECT pg_catalog.setval('public.runs_fid_seq', 1, true);
SELECT pg_catalog.setval('public.zones_fid_seq', 2, true);
ALTER TABLE ONLY public.accounts
    ADD CONSTRAINT accounts_account_id_key UNIQUE (account_id);
ALTER TABLE ONLY public.accounts
    ADD CONSTRAINT accounts_pkey PRIMARY KEY (fid);
ALTER TABLE ONLY public.atlas_state
    ADD CONSTRAINT atlas_state_name_key UNIQUE (name);
ALTER TABLE ONLY public.atlas_state
    ADD CONSTRAINT atlas_state_pkey PRIMARY KEY (fid);
ALTER TABLE ONLY public.decisions
    ADD CONSTRAINT decisions_decision_id_key UNIQUE (decision_id);
ALTER TABLE ONLY public.decisions
    ADD CONSTRAINT decisions_pkey PRIMARY KEY (fid);
ALTER TABLE ONLY public.documents
    ADD CONSTRAINT documents_content_digest_key UNIQUE (content_digest);
ALTER TABLE ONLY public.documents
    ADD CONSTRAINT documents_document_id_key UNIQUE (document_id);
ALTER TABLE ONLY public.documents
    ADD CONSTRAINT documents_pkey PRIMARY KEY (fid);
ALTER TABLE ONLY public.events
    ADD CONSTRAINT events_event_id_key UNIQUE (event_id);
ALTER TABLE ONLY public.events
    ADD CONSTRAINT events_pkey PRIMARY KEY (fid);
ALTER TABLE ONLY public.events_search
    ADD CONSTRAINT events_search_pkey PRIMARY KEY (fid);
ALTER TABLE ONLY public.regions
    ADD CONSTRAINT regions_pkey PRIMARY KEY (fid);
ALTER TABLE ONLY public.regions
    ADD CONSTRAINT regions_region_id_key UNIQUE (region_id);
ALTER TABLE ONLY public.runs
    ADD CONSTRAINT runs_pkey PRIMARY KEY (fid);
ALTER TABLE ONLY public.runs
    ADD CONSTRAINT runs_run_id_key UNIQUE (run_id);
ALTER TABLE ONLY public.zones
    ADD CONSTRAINT zones_pkey PRIMARY KEY (fid);
ALTER TABLE ONLY public.zones
    ADD CONSTRAINT zones_series_zone_id_key UNIQUE (series, zone_id);
CREATE INDEX ix_accounts_document_id ON public.accounts USING btree (document_id);
CREATE INDEX ix_documents_published ON public.documents USING btree (published);
CREATE INDEX ix_events_date_end ON public.events USING btree (date_end);
CREATE INDEX ix_events_date_start ON public.events USING btree (date_start);
CREATE INDEX ix_events_event_type ON public.events USING btree (event_type);
CREATE INDEX ix_events_geom ON public.events USING gist (geom);
CREATE INDEX ix_events_search ON public.events_search USING gin (vector);
CREATE INDEX ix_events_sub_event_type ON public.events USING btree (sub_event_type);
CREATE INDEX ix_regions_geom ON public.regions USING gist (geom);
CREATE INDEX ix_zones_days ON public.zones USING btree (series, valid_from, valid_to);
CREATE INDEX ix_zones_geom ON public.zones USING gist (geom);
