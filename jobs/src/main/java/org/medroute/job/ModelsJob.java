package org.medroute.job;

import java.util.List;
import java.util.Map;
import org.medroute.config.ConfigurationException;
import org.medroute.config.Settings;
import org.medroute.registry.ModelRegistry;
import org.medroute.table.TextTable;
import org.medroute.table.TextTable.Column;

/** Lists model versions and moves the champion pointer. */
public final class ModelsJob implements Job<ModelsJob.Action> {
  /**
   * What to do.
   *
   * @param verb list or promote
   * @param version of promote: a version or "latest"
   */
  public record Action(String verb, String version, String task) {}

  @Override
  public String name() {
    return "models";
  }

  @Override
  public String summary() {
    return "Lists model versions, or makes one the champion: models list, models promote VERSION.";
  }

  @Override
  public String example() {
    return "./submit.sh models promote latest";
  }

  @Override
  public String arguments() {
    return "list | promote VERSION";
  }

  @Override
  public Action configure(Settings settings, List<String> arguments) {
    String task = settings.text("train.task");
    if (arguments.isEmpty() || arguments.equals(List.of("list"))) {
      return new Action("list", "", task);
    }
    if (arguments.size() == 2 && arguments.get(0).equals("promote")) {
      return new Action("promote", arguments.get(1), task);
    }
    throw new ConfigurationException(
        "models " + String.join(" ", arguments) + ": expected list, or promote VERSION");
  }

  @Override
  public Outcome run(Run run, Action action) {
    ModelRegistry registry = new ModelRegistry(run.warehouse());
    if (action.verb().equals("promote")) {
      ModelRegistry.Entry entry = registry.resolve(action.version(), action.task());
      registry.promote(entry, run.commit());
      run.out().println("champion of " + entry.task() + " is now " + entry.version());
      return Outcome.done(Map.of("promoted", 1L)).withModel(entry.version());
    }
    TextTable table =
        TextTable.of(
            Column.left("model_version"),
            Column.left("task"),
            Column.left("status"),
            Column.left("created_at"));
    for (ModelRegistry.Entry entry : registry.entries()) {
      table.add(entry.version(), entry.task(), entry.status(), entry.createdAt());
    }
    registry.writeIndex(); // predict reads it: written anew here should a run have been cut short
    run.out().print(table.render());
    return Outcome.done(Map.of("models", (long) table.size()));
  }
}
