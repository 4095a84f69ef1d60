/** Hand-written fakes at media's seams, for the tests of this module and of those above it. */
package live.sluice.media.testing;
