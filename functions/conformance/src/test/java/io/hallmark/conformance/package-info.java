/** The built function jars under AWS's own runtime interface client, against endpoints on this machine. */
package io.hallmark.conformance;
