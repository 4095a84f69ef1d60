package live.sluice.bench.proc;

/**
 * What one thread has spent.
 *
 * @param id the kernel's number of it
 * @param name as the kernel has it: at most 15 characters; a JVM puts dots where it leaves out the middle
 * @param cpu its CPU time
 */
public record ThreadTime(long id, String name, CpuTime cpu) {}
