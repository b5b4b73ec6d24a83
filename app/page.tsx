import { redirect } from "next/navigation";
import { href } from "@/lib/href";

export default function Home() {
  redirect(href.requests());
}
