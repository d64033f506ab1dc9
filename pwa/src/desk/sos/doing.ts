/** One act at a time, with what went wrong in words. */
import { ref } from "vue";
import { useProblems } from "../problems";

export function useDoing() {
  const describe = useProblems();
  const busy = ref(false);
  const trouble = ref("");
  async function run(act: () => Promise<void>): Promise<void> {
    if (busy.value) return;
    busy.value = true;
    trouble.value = "";
    try {
      await act();
    } catch (error) {
      trouble.value = describe(error);
    } finally {
      busy.value = false;
    }
  }
  return { busy, trouble, run };
}
