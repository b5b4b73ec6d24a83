// biome-ignore lint/style/noRestrictedImports: the one place it is brought from, when it is first opened.
import { Modal, type ModalProps } from "@mantine/core";
import { useOpening } from "./opening";

/** See modal.tsx. */
export default function LateModal(props: ModalProps) {
  return <Modal {...props} opened={useOpening(props.opened)} />;
}
