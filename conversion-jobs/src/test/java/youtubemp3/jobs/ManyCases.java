package youtubemp3.jobs;

import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.PropagationMode;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;

/** Multiplies the number of generated cases by the system property {@code youtubemp3.test.cases}: 50 with {@code -Pfuzz}. */
public final class ManyCases implements AroundPropertyHook {

    private static final int JQWIKS_OWN = 1000;

    @Override
    public PropertyExecutionResult aroundProperty(PropertyLifecycleContext context, PropertyExecutor property) {
        int tries = context.attributes().tries().orElse(JQWIKS_OWN);
        context.attributes().setTries(tries * Integer.getInteger("youtubemp3.test.cases", 1));
        return property.execute();
    }

    @Override
    public PropagationMode propagateTo() {
        return PropagationMode.ALL_DESCENDANTS;
    }
}
