// biome-ignore lint/style/noRestrictedImports: the one place it is brought from, when it is first opened.
import { Drawer, type DrawerProps } from "@mantine/core";
import { useOpening } from "./opening";

/** See drawer.tsx. */
export default function LateDrawer(props: DrawerProps) {
  return <Drawer {...props} opened={useOpening(props.opened)} />;
}
