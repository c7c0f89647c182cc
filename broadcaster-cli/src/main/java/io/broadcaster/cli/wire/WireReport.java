package io.broadcaster.cli.wire;

import io.broadcaster.loadtest.report.Machine;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** A wire test: every round of every client, and the medians. */
public record WireReport(
        Machine machine,
        String platform,
        long rttMillis,
        int connections,
        int rounds,
        boolean pinned,
        List<ClientFigures> clients) {
    public WireReport {
        clients = List.copyOf(clients);
    }

    /** One client: medians over its rounds. */
    public record ClientFigures(
            String client,
            double perCpuSecond,
            double perSecond,
            double peerLoad,
            double bytesEach,
            List<Pumped> rounds) {
        public ClientFigures {
            rounds = List.copyOf(rounds);
        }
    }

    static WireReport of(Machine machine, WireTest.Setup setup, boolean pinned, Map<ClientKind, List<Pumped>> rounds) {
        return new WireReport(
                machine,
                setup.platform().wireName(),
                setup.rtt().toMillis(),
                setup.connections(),
                setup.rounds(),
                pinned,
                rounds.entrySet().stream()
                        .map(each -> new ClientFigures(
                                each.getKey().name().toLowerCase(Locale.ROOT),
                                median(each.getValue(), Pumped::perCpuSecond),
                                median(each.getValue(), Pumped::perSecond),
                                median(each.getValue(), Pumped::peerLoad),
                                median(each.getValue(), Pumped::bytesEach),
                                each.getValue()))
                        .toList());
    }

    void print(PrintWriter out) {
        out.println();
        out.println(String.format(
                Locale.ROOT,
                "  %s, %d connections, answers after %d ms, medians of %d rounds, %s",
                platform,
                connections,
                rttMillis,
                rounds,
                pinned ? "client and peer on a core each" : "client and peer not pinned"));
        out.println(String.format(
                Locale.ROOT,
                "  %-10s %16s %14s %8s %12s",
                "client",
                "per CPU second",
                "per second",
                "peer",
                "bytes each"));
        for (ClientFigures client : clients) {
            out.println(String.format(
                    Locale.ROOT,
                    "  %-10s %,16.0f %,14.0f %6.0f %% %,12.0f",
                    client.client(),
                    client.perCpuSecond(),
                    client.perSecond(),
                    100 * client.peerLoad(),
                    client.bytesEach()));
        }
        out.println();
        ClientFigures first = clients.getFirst();
        for (ClientFigures other : clients.subList(1, clients.size())) {
            out.println(String.format(
                    Locale.ROOT,
                    "  %s is %.2f × %s per client core",
                    first.client(),
                    first.perCpuSecond() / other.perCpuSecond(),
                    other.client()));
        }
        out.println(machine.line());
    }

    private static double median(List<Pumped> rounds, ToDoubleFunction<Pumped> figure) {
        double[] sorted = rounds.stream().mapToDouble(figure).sorted().toArray();
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }
}
