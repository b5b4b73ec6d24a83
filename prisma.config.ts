import { defineConfig } from "prisma/config";

/** Read by Prisma's CLI only (generate; and, where its native engine can be had, migrate). The desk itself migrates through server/db/migrate.ts. */
export default defineConfig({
  schema: "prisma/schema.prisma",
  migrations: { path: "prisma/migrations" },
  datasource: { url: process.env.DATABASE_URL ?? "postgresql://unset" },
});
