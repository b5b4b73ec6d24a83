// biome-ignore lint/style/noRestrictedImports: the one place it is wrapped.
import NextLink from "next/link";
import type { ComponentProps } from "react";

/**
 * Next's link, without fetching ahead: pages are drawn per request, so of a page that comes into sight as a link Next
 * could fetch little more than that it exists, and a list would ask the server for each of its rows.
 */
export default function Link(props: ComponentProps<typeof NextLink>) {
  return <NextLink prefetch={false} {...props} />;
}
