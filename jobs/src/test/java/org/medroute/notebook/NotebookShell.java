package org.medroute.notebook;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import jdk.jshell.EvalException;
import jdk.jshell.JShell;
import jdk.jshell.JShellException;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis;

/**
 * Compiles and runs Java cells in this JVM, one after another, as the Java kernel of Jupyter does:
 * by JShell, with the kernel's imports. The cells see the test's class path and its Spark session.
 */
final class NotebookShell implements AutoCloseable {
  /** What the kernel imports before the first cell, with {@link Screen} for its own display. */
  private static final List<String> IMPORTS =
      List.of(
          "import java.util.*;",
          "import java.io.*;",
          "import java.math.*;",
          "import java.net.*;",
          "import java.util.concurrent.*;",
          "import java.util.prefs.*;",
          "import java.util.regex.*;",
          "import static org.medroute.notebook.Screen.*;");

  /** The kernel's class of display functions, which is not on the test's class path. */
  private static final String KERNEL = "org.rapaio.jupyter.kernel.global.Global";

  private final JShell shell;

  NotebookShell() {
    shell = JShell.builder().executionEngine("local").build();
    shell.addToClasspath(System.getProperty("java.class.path"));
    IMPORTS.forEach(line -> evaluate("imports", line));
  }

  /** Runs code cells in order; what each shows, by cell id. */
  Map<String, List<Object>> run(List<Notebook.Cell> cells) {
    Map<String, List<Object>> shown = new LinkedHashMap<>();
    for (Notebook.Cell cell : cells) {
      Screen.take();
      run(cell);
      shown.put(cell.id(), Screen.take());
    }
    return shown;
  }

  private void run(Notebook.Cell cell) {
    String remaining = cell.source();
    while (!remaining.isBlank()) {
      SourceCodeAnalysis.CompletionInfo next =
          shell.sourceCodeAnalysis().analyzeCompletion(remaining);
      if (!next.completeness().isComplete()) {
        throw new AssertionError("Cell " + cell.id() + " is not complete Java: " + remaining);
      }
      evaluate(cell.id(), next.source().replace(KERNEL, Screen.class.getName()));
      remaining = next.remaining();
    }
  }

  /** The value of an expression over the variables that the cells left, as text. */
  String value(String expression) {
    return evaluate("test", "String.valueOf(" + expression + ")").replaceAll("^\"|\"$", "");
  }

  private String evaluate(String cell, String source) {
    String value = "";
    for (SnippetEvent event : shell.eval(source)) {
      if (event.status() == Snippet.Status.REJECTED) {
        String problems =
            shell
                .diagnostics(event.snippet())
                .map(problem -> problem.getMessage(Locale.ROOT))
                .collect(Collectors.joining("; "));
        throw new AssertionError("Cell " + cell + " does not compile: " + problems + "\n" + source);
      }
      if (event.exception() != null) {
        throw new AssertionError(
            "Cell " + cell + " fails: " + message(event.exception()) + "\n" + source,
            event.exception());
      }
      if (event.value() != null) {
        value = event.value();
      }
    }
    return value;
  }

  private static String message(JShellException exception) {
    return exception instanceof EvalException thrown
        ? thrown.getExceptionClassName() + ": " + thrown.getMessage()
        : String.valueOf(exception.getMessage());
  }

  @Override
  public void close() {
    shell.close();
  }
}
