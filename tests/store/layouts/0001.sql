BEGIN TRANSACTION;
CREATE TABLE agency (
	id INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	"key" TEXT NOT NULL, 
	CONSTRAINT pk_agency PRIMARY KEY (id), 
	CONSTRAINT uq_agency_name UNIQUE (name), 
	CONSTRAINT uq_agency_key UNIQUE ("key")
);
INSERT INTO "agency" VALUES(1,'เทศบาลตำบลบัววัฒนา','เทศบาลตำบลบัววัฒนา');
INSERT INTO "agency" VALUES(2,'เทศบาลตำบลอื่น','เทศบาลตำบลอื่น');
CREATE TABLE item_score (
	result_id INTEGER NOT NULL, 
	item VARCHAR(20) NOT NULL, 
	score DOUBLE, 
	CONSTRAINT pk_item_score PRIMARY KEY (result_id, item), 
	CONSTRAINT fk_item_score_result_id FOREIGN KEY(result_id) REFERENCES result (id)
);
CREATE TABLE measure (
	id INTEGER NOT NULL, 
	agency_id INTEGER NOT NULL, 
	fiscal_year INTEGER NOT NULL, 
	upload_id INTEGER, 
	indicator INTEGER, 
	title TEXT NOT NULL, 
	steps TEXT NOT NULL, 
	responsible TEXT NOT NULL, 
	period_text TEXT NOT NULL, 
	period_start DATE, 
	period_end DATE, 
	result TEXT NOT NULL, 
	suggestion TEXT NOT NULL, 
	status VARCHAR(20) NOT NULL, 
	evidence TEXT NOT NULL, 
	version INTEGER NOT NULL, 
	created_at DATETIME NOT NULL, 
	updated_at DATETIME NOT NULL, 
	deleted_at DATETIME, 
	CONSTRAINT pk_measure PRIMARY KEY (id), 
	CONSTRAINT ck_measure_status CHECK (status in ('not_stated', 'not_started', 'in_progress', 'completed', 'cancelled')), 
	CONSTRAINT fk_measure_agency_id FOREIGN KEY(agency_id) REFERENCES agency (id), 
	CONSTRAINT fk_measure_upload_id FOREIGN KEY(upload_id) REFERENCES upload (id)
);
INSERT INTO "measure" VALUES(1,1,2564,4,10,'แต่งตั้งผู้รับผิดชอบ O42','','สำนักปลัด','ต.ค. 2564 – มี.ค. 2565',NULL,NULL,'','','not_stated','',1,'2026-11-26 15:59:27.590814','2026-11-26 15:59:27.590814',NULL);
INSERT INTO "measure" VALUES(2,1,2564,4,4,'ประกาศนโยบาย','1. ร่าง
2. ประกาศ','','',NULL,NULL,'ประกาศแล้ว','','not_stated','',2,'2026-11-26 15:59:27.590814','2026-11-26 15:59:27.599439',NULL);
INSERT INTO "measure" VALUES(3,1,2564,4,NULL,'จัดอบรม ''จริยธรรม''','','','',NULL,NULL,'','','not_stated','',2,'2026-11-26 15:59:27.590814','2026-11-26 15:59:27.602197','2026-11-26 15:59:27.602197');
CREATE TABLE meta (
	"key" VARCHAR(40) NOT NULL, 
	value INTEGER NOT NULL, 
	CONSTRAINT pk_meta PRIMARY KEY ("key")
);
INSERT INTO "meta" VALUES('schema',1);
INSERT INTO "meta" VALUES('revision',6);
CREATE TABLE result (
	id INTEGER NOT NULL, 
	agency_id INTEGER NOT NULL, 
	fiscal_year INTEGER NOT NULL, 
	upload_id INTEGER NOT NULL, 
	iit DOUBLE, 
	eit DOUBLE, 
	oit DOUBLE, 
	total DOUBLE, 
	level TEXT, 
	replaced_at DATETIME, 
	CONSTRAINT pk_result PRIMARY KEY (id), 
	CONSTRAINT fk_result_agency_id FOREIGN KEY(agency_id) REFERENCES agency (id), 
	CONSTRAINT fk_result_upload_id FOREIGN KEY(upload_id) REFERENCES upload (id)
);
INSERT INTO "result" VALUES(1,1,2564,1,NULL,NULL,NULL,80.84,'B','2026-11-26 15:59:27.574290');
INSERT INTO "result" VALUES(2,1,2564,2,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "result" VALUES(3,1,2565,3,NULL,NULL,NULL,80.84,'B',NULL);
INSERT INTO "result" VALUES(4,2,2565,3,NULL,NULL,NULL,80.84,'B',NULL);
CREATE TABLE score (
	result_id INTEGER NOT NULL, 
	indicator INTEGER NOT NULL, 
	score DOUBLE, 
	CONSTRAINT pk_score PRIMARY KEY (result_id, indicator), 
	CONSTRAINT fk_score_result_id FOREIGN KEY(result_id) REFERENCES result (id)
);
INSERT INTO "score" VALUES(1,1,92.13);
INSERT INTO "score" VALUES(1,2,84.55);
INSERT INTO "score" VALUES(1,3,86.13);
INSERT INTO "score" VALUES(1,4,83.6);
INSERT INTO "score" VALUES(1,5,84.96);
INSERT INTO "score" VALUES(1,6,98.34);
INSERT INTO "score" VALUES(1,7,96.58);
INSERT INTO "score" VALUES(1,8,97.66);
INSERT INTO "score" VALUES(1,9,91.0);
INSERT INTO "score" VALUES(1,10,37.5);
INSERT INTO "score" VALUES(2,1,93.0);
INSERT INTO "score" VALUES(2,2,84.55);
INSERT INTO "score" VALUES(2,3,86.13);
INSERT INTO "score" VALUES(2,4,83.6);
INSERT INTO "score" VALUES(2,5,84.96);
INSERT INTO "score" VALUES(2,6,98.34);
INSERT INTO "score" VALUES(2,7,96.58);
INSERT INTO "score" VALUES(2,8,97.66);
INSERT INTO "score" VALUES(2,9,91.0);
INSERT INTO "score" VALUES(2,10,37.5);
INSERT INTO "score" VALUES(3,1,92.13);
INSERT INTO "score" VALUES(3,2,84.55);
INSERT INTO "score" VALUES(3,3,86.13);
INSERT INTO "score" VALUES(3,4,83.6);
INSERT INTO "score" VALUES(3,5,84.96);
INSERT INTO "score" VALUES(3,6,98.34);
INSERT INTO "score" VALUES(3,7,96.58);
INSERT INTO "score" VALUES(3,8,97.66);
INSERT INTO "score" VALUES(3,9,91.0);
INSERT INTO "score" VALUES(3,10,37.5);
INSERT INTO "score" VALUES(4,1,92.13);
INSERT INTO "score" VALUES(4,2,84.55);
INSERT INTO "score" VALUES(4,3,86.13);
INSERT INTO "score" VALUES(4,4,83.6);
INSERT INTO "score" VALUES(4,5,84.96);
INSERT INTO "score" VALUES(4,6,98.34);
INSERT INTO "score" VALUES(4,7,96.58);
INSERT INTO "score" VALUES(4,8,97.66);
INSERT INTO "score" VALUES(4,9,91.0);
INSERT INTO "score" VALUES(4,10,37.5);
CREATE TABLE upload (
	id INTEGER NOT NULL, 
	file_name TEXT NOT NULL, 
	sha256 VARCHAR(64) NOT NULL, 
	size INTEGER NOT NULL, 
	uploaded_at DATETIME NOT NULL, 
	example BOOLEAN NOT NULL, 
	agencies INTEGER NOT NULL, 
	CONSTRAINT pk_upload PRIMARY KEY (id)
);
INSERT INTO "upload" VALUES(1,'ผลประเมิน.xlsx','f19104934743eba39e3c8910d5ee28635cf83680567220ce864b0b03891bad3f',202,'2026-11-26 15:59:27.545549',0,1);
INSERT INTO "upload" VALUES(2,'แก้ไข.xlsx','0685f910ab7e73a9f9ac58a432b6120245073d26d28822b2c92b38d7bdaca54f',201,'2026-11-26 15:59:27.567550',0,1);
INSERT INTO "upload" VALUES(3,'ปี 2565.xlsx','562aa8968873350e6302582e4501c65bb6c4b3393b470c7b8e637d8913138cfa',390,'2026-11-26 15:59:27.580296',0,2);
INSERT INTO "upload" VALUES(4,'มาตรการ.docx','62c66a7a5dd70c3146618063c344e531e6d4b59e379808443ce962b3abd63c5a',1,'2026-11-26 15:59:27.589795',0,1);
CREATE INDEX ix_upload_sha256 ON upload (sha256);
CREATE UNIQUE INDEX uq_result_current ON result (agency_id, fiscal_year) WHERE replaced_at IS NULL;
CREATE INDEX ix_result_versions ON result (agency_id, fiscal_year);
CREATE INDEX ix_result_upload_id ON result (upload_id);
CREATE INDEX ix_result_year ON result (fiscal_year);
CREATE INDEX ix_measure_of ON measure (agency_id, fiscal_year);
COMMIT;
