import { useQueryClient } from "@tanstack/react-query";
import { useTRPC } from "../trpc";

/** The options of an act on a shelf: whatever became of it, the shelf is read again. */
export function useSettled() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return { onSettled: () => queryClient.invalidateQueries(trpc.files.pathFilter()) };
}
