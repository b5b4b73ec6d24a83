import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { PrismaPg } from "@prisma/adapter-pg";
import {
  bindMigrationAwareSqlAdapterFactory,
  ColumnTypeEnum,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
} from "@prisma/driver-adapter-utils";
import type { MigrationList, SchemaEngine } from "@prisma/schema-engine-wasm";
import { Client, Pool, type PoolConfig } from "pg";
import { migrationNames, migrationsDirectory } from "./migrations";

const root = fileURLToPath(new URL("../../prisma/", import.meta.url));

/** Nothing of the database is outside the schema. */
const filters = { externalTables: [], externalEnums: [] };

/** Applies what is missing, in Prisma's own bookkeeping. Answers the names. */
export async function applyMigrations(url: string): Promise<string[]> {
  return withEngine(url, async (engine) => {
    const answer = await engine.applyMigrations({ migrationsList: await readMigrations(), filters });
    return answer.appliedMigrationNames;
  });
}

/** Marks a migration that was cut short, so that the engine applies it again. */
export async function markRolledBack(url: string, name: string): Promise<void> {
  await withEngine(url, (engine) => engine.markMigrationRolledBack({ migrationName: name }));
}

/**
 * The SQL that leads from the migrations in the code to prisma/schema.prisma; empty when there is nothing to do.
 * @param url a server on which a database may be made and dropped.
 */
export async function diffMigrations(url: string): Promise<string> {
  return withEngine(url, async (engine, schema) => {
    const answer = await engine.diff({
      from: { tag: "migrations", ...(await readMigrations()) },
      to: { tag: "schemaDatamodel", files: [{ path: "schema.prisma", content: schema }] },
      script: true,
      exitCode: null,
      filters,
    });
    const sql = answer.stdout ?? "";
    return sql.includes("This is an empty migration") ? "" : sql;
  });
}

async function readMigrations(): Promise<MigrationList> {
  const names = await migrationNames();
  return {
    baseDir: migrationsDirectory,
    lockfile: { path: "migration_lock.toml", content: 'provider = "postgresql"\n' },
    shadowDbInitScript: "",
    migrationDirectories: await Promise.all(
      names.map(async (name) => ({
        path: name,
        migrationFile: {
          path: "migration.sql",
          content: {
            tag: "ok" as const,
            value: await readFile(path.join(migrationsDirectory, name, "migration.sql"), "utf8"),
          },
        },
      })),
    ),
  };
}

async function withEngine<T>(url: string, run: (engine: SchemaEngine, schema: string) => Promise<T>): Promise<T> {
  const [Engine, schema] = await Promise.all([engineClass(), readFile(path.join(root, "schema.prisma"), "utf8")]);
  const pools: Pool[] = [];
  const adapter = bindMigrationAwareSqlAdapterFactory(wholeScripts(url, pools));
  const engine = await Engine.new({ datamodels: [["schema.prisma", schema]] }, () => undefined, adapter);
  try {
    return await run(engine, schema);
  } finally {
    engine.free();
    // The engine leaves its connections open, and on them its own advisory lock, for which the next one would wait.
    await Promise.all(pools.filter((pool) => !pool.ended).map((pool) => pool.end()));
  }
}

let loaded: Promise<typeof SchemaEngine> | null = null;

/** Once a process: the glue between the .wasm and JavaScript is a module with one instance of it in mind. */
function engineClass(): Promise<typeof SchemaEngine> {
  loaded ??= loadEngine();
  return loaded;
}

/** The package's own entry imports its .wasm as a module, which Node 20 does not know; this does the same by hand. */
async function loadEngine(): Promise<typeof SchemaEngine> {
  const glue = await import("@prisma/schema-engine-wasm/schema_engine_bg");
  const file = createRequire(import.meta.url)
    .resolve("@prisma/schema-engine-wasm/schema_engine_bg")
    .replace(/\.js$/, ".wasm");
  // The glue module is the import object the .wasm was linked against; its exports are functions only.
  const imports = { "./schema_engine_bg.js": glue } as unknown as WebAssembly.Imports;
  const { instance } = await WebAssembly.instantiate(await readFile(file), imports);
  glue.__wbg_set_wasm(instance.exports);
  const start = instance.exports.__wbindgen_start;
  if (typeof start !== "function") throw new Error("The schema engine has no entry point: the package has changed.");
  start();
  return glue.SchemaEngine;
}

/** PostgreSQL's one-byte type `"char"`, in which its catalogue keeps kinds and flags; and plain text. */
const charOid = 18;
const textOid = 25;

/** For each result that had columns of type `"char"`: which. */
type CharColumns = WeakMap<object, number[]>;

/**
 * Prisma's own adapter, with two faults of it made good for the engine's sake.
 * It cuts a script at every semicolon, which breaks the body of a function; sent whole, the server parses it itself and
 * runs it as one transaction, so a migration that fails leaves nothing behind. And it refuses columns of type `"char"`,
 * which the engine reads from the catalogue: they pass through it as text and are called characters afterwards.
 */
function wholeScripts(url: string, pools: Pool[]): SqlMigrationAwareDriverAdapterFactory {
  const connect = async (to: string) => {
    const charColumns: CharColumns = new WeakMap();
    const pool = new CatalogPool({ connectionString: to, max: 4 }, charColumns);
    pools.push(pool);
    return mend(await new PrismaPg(pool, { disposeExternalPool: true }).connect(), pool, charColumns);
  };
  return {
    provider: "postgres",
    adapterName: "@prisma/adapter-pg",
    connect: () => connect(url),
    connectToShadowDb: async () => {
      const name = `gatehouse_shadow_${crypto.randomUUID().replaceAll("-", "")}`;
      await execute(url, `create database ${name}`);
      const shadowUrl = new URL(url);
      shadowUrl.pathname = `/${name}`;
      const adapter = await connect(shadowUrl.href);
      const dispose = adapter.dispose.bind(adapter);
      adapter.dispose = async () => {
        await dispose();
        await execute(url, `drop database ${name} with (force)`);
      };
      return adapter;
    },
  };
}

function mend(adapter: SqlDriverAdapter, pool: Pool, charColumns: CharColumns): SqlDriverAdapter {
  const queryRaw = adapter.queryRaw.bind(adapter);
  adapter.queryRaw = async (query) => {
    const result = await queryRaw(query);
    for (const column of charColumns.get(result.rows) ?? []) result.columnTypes[column] = ColumnTypeEnum.Character;
    return result;
  };
  adapter.executeScript = async (script) => {
    await pool.query(script);
  };
  return adapter;
}

class CatalogPool extends Pool {
  constructor(config: PoolConfig, charColumns: CharColumns) {
    super(config);
    const query = this.query.bind(this);
    // pg types query() by seven overloads; this passes every one of them through and looks at the answer only.
    const mapped = async (...args: Parameters<typeof query>) => {
      const result: unknown = await query(...args);
      if (isRows(result)) {
        const found = result.fields.flatMap((field, index) => (field.dataTypeID === charOid ? [index] : []));
        for (const index of found) Object.assign(result.fields[index] ?? {}, { dataTypeID: textOid });
        charColumns.set(result.rows, found);
      }
      return result;
    };
    Object.assign(this, { query: mapped });
  }
}

function isRows(result: unknown): result is { rows: unknown[]; fields: { dataTypeID: number }[] } {
  return result instanceof Object && "rows" in result && "fields" in result && Array.isArray(result.fields);
}

async function execute(url: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
